/** The only logger: JSON lines for operators. What users see of their builds is a different thing (services/logs). */
import pino from "pino";
import { loadConfig } from "./config";

export type Logger = pino.Logger;

export function createLogger(name: string, level: string = loadConfig().config.logLevel): Logger {
  return pino({
    name,
    level,
    base: { name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
    redact: {
      paths: ["password", "token", "*.password", "*.token", "*.env", "headers.cookie", "headers.authorization"],
      censor: "[redacted]",
    },
  });
}

/** drizzle puts the parameters of a failed query into its error: what people stored is none of the log's business. */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { params: _, ...rest } = pino.stdSerializers.err(error);
  const without = (text: string) => text.replace(/\nparams: .*/g, "");
  return { ...rest, message: without(rest.message), stack: without(rest.stack) };
}

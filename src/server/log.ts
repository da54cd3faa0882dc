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
    redact: {
      paths: ["password", "token", "*.password", "*.token", "*.env", "headers.cookie", "headers.authorization"],
      censor: "[redacted]",
    },
  });
}

/** The one place where the web process builds what it hands to use-cases. */
import { AppError } from "@/domain/errors";
import { announceToNextAuth, loadConfig } from "./config";
import { createProcessContext, type ProcessContext } from "./container";
import { createSessionReader, type SessionReader } from "./services/session/session-reader";
import { announceLostWorker } from "./services/worker/announce-lost-worker";

export type Web = {
  context: ProcessContext;
  sessions: SessionReader;
  /** Aborts when this process is asked to end; Next.js itself then waits for every request, streams included. */
  shutdown: AbortSignal;
};

const connections = 10;

// Next.js may load this module once for pages and once more for route handlers: both must share one pool.
const store: { helvetiaWeb?: Web } = globalThis as typeof globalThis & { helvetiaWeb?: Web }; // safe because the field is optional and ours alone

/** Built at the first call. Throws where the configuration lacks what it needs. */
export function web(): Web {
  store.helvetiaWeb ??= build();
  return store.helvetiaWeb;
}

function build(): Web {
  const { config, warnings } = loadConfig();
  announceToNextAuth(config);
  const context = createProcessContext(config, { name: "web", connections, planOnce: true });
  for (const warning of warnings) context.log.warn(warning);
  const shutdown = onShutdown();
  void announceLostWorker(context, shutdown);
  return { context, sessions: createSessionReader(context), shutdown };
}

function onShutdown(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => ending.abort(new AppError("restarting")));
  }
  return ending.signal;
}

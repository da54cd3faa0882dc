import type { Config } from "./index";

export type ProcessName = "web" | "worker" | "edge";

/** The worker lets go of what it does at a safe point; what it has not let go of by then the next worker finds. */
const workerMs = 8_000;
/** Answers of the dashboard are short, and its streams end when it is asked to stop. */
const webMs = 10_000;

/** How long each process may take from SIGTERM until it has ended by itself, in ms: it keeps to that, its supervisor waits for it. */
export function stopGraces({ deploy }: Pick<Config, "deploy">): Record<ProcessName, number> {
  return { web: webMs, worker: workerMs, edge: deploy.drainGraceMs };
}

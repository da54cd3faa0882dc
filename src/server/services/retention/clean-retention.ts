import type { WorkerContext } from "@/server/context";
import { requestCleanup } from "./request-cleanup";
import { runCleanup } from "./run-cleanup";

/** The daily cleanup. */
export async function cleanRetention(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const request = { mode: "clean", trigger: "schedule" } as const;
  const { id } = await context.db.transaction((tx) => requestCleanup(tx, context, request));
  await runCleanup(context, id, signal);
}

import { eq } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { deployments } from "@/server/db/schema";

/** Reason of the abort when somebody wants a running deployment to end. */
export class CancelRequested extends Error {
  override readonly name = "CancelRequested";
}

/** How late a cancel is seen whose hint was lost and that no new connection told of. */
const lookEveryMs = 1_500;

/**
 * A signal that aborts once somebody asked for the end of this deployment. The hint wakes it at once; it looks at the row
 * either way, since hints may be lost, or be early.
 */
export function watchCancel(context: WorkerContext, deploymentId: string): { signal: AbortSignal; stop(): void } {
  const { db, changes, log } = context;
  const wanted = new AbortController();

  async function look(): Promise<void> {
    const [row] = await db
      .select({ cancelRequestedAt: deployments.cancelRequestedAt })
      .from(deployments)
      .where(eq(deployments.id, deploymentId));
    if (row?.cancelRequestedAt) wanted.abort(new CancelRequested(`${deploymentId} was cancelled`));
  }
  const lookSafely = () => {
    if (wanted.signal.aborted) return;
    look().catch((error: unknown) => log.warn({ err: error, deploymentId }, "cannot look for a cancel; trying again"));
  };

  const timer = setInterval(lookSafely, lookEveryMs);
  const stops = [
    changes.onEvent((event) => {
      if (event.type === "cancel" && event.deploymentId === deploymentId) lookSafely();
    }),
    changes.onResync(lookSafely),
  ];
  return {
    signal: wanted.signal,
    stop() {
      clearInterval(timer);
      for (const stop of stops) stop();
    },
  };
}

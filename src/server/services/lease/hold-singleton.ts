import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "@/server/context";
import { LeaseLost } from "./lease";
import { withLease } from "./with-lease";

const afterFailureMs = 1_000;

/**
 * Does what one worker at a time may do, for as long as it lives: waits for the lease, works until it is lost, and waits
 * again. Returns when the signal aborts.
 */
export async function holdSingleton(
  context: WorkerContext,
  key: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { log, config } = context;
  while (!signal.aborted) {
    const waitMs = await withLease(context, key, signal, (lease) => work(lease.signal)).then(
      ({ held }) => (held ? 0 : config.deploy.leaseTtlMs / 4),
      (error: unknown) => {
        if (!signal.aborted && !(error instanceof LeaseLost)) log.warn({ err: error, key }, "failed; trying again");
        return afterFailureMs;
      },
    );
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

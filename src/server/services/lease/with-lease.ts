import type { WorkerContext } from "@/server/context";
import { acquireLease, extendLease, LeaseLost, releaseLease } from "./lease";

export type Lease = {
  readonly key: string;
  /** Fencing number: writes carry it. */
  readonly token: number;
  /** Aborts when the lease is lost, or when the caller's own signal does. */
  readonly signal: AbortSignal;
  /** Asks the database that it is still held, before an act outside of it that cannot be fenced. Throws LeaseLost. */
  confirm(): Promise<void>;
};

type LeaseContext = Pick<WorkerContext, "db" | "holder" | "log"> & { config: { deploy: { leaseTtlMs: number } } };

/**
 * Works under a lease, which is renewed as long as the work goes on and given back at its end. `held` false: somebody
 * else has it, and nothing was done. A renewal that fails is tried again until the lease would have lapsed.
 */
export async function withLease<T>(
  context: LeaseContext,
  key: string,
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
): Promise<{ held: true; result: T } | { held: false }> {
  const { db, holder, log } = context;
  const { leaseTtlMs } = context.config.deploy;
  let validUntil = performance.now() + leaseTtlMs;
  const token = await acquireLease(db, key, holder, leaseTtlMs);
  if (token === null) return { held: false };

  const lost = new AbortController();
  const lose = () => lost.abort(new LeaseLost(`the lease ${key} was lost`));
  async function extend(): Promise<void> {
    const begun = performance.now();
    const extended = await extendLease(db, key, token ?? 0, leaseTtlMs);
    if (extended) validUntil = begun + leaseTtlMs;
    else lose();
  }
  const renewal = setInterval(() => {
    if (performance.now() >= validUntil) return lose();
    extend().catch((error: unknown) => log.warn({ err: error, key }, "a lease could not be renewed; trying again"));
  }, leaseTtlMs / 4);

  const lease: Lease = {
    key,
    token,
    signal: AbortSignal.any([signal, lost.signal]),
    async confirm() {
      await extend();
      lost.signal.throwIfAborted();
    },
  };
  try {
    return { held: true, result: await work(lease) };
  } finally {
    clearInterval(renewal);
    // One that cannot be given back lapses by itself.
    const failed = (error: unknown) => log.warn({ err: error, key }, "a lease could not be given back");
    if (!lost.signal.aborted) await releaseLease(db, key, token).catch(failed);
  }
}

/**
 * A lease says who works on what. It is a row with holder, expiry and a fencing number that grows with every change of
 * holder, so a write of somebody who lost the lease can be told by its lower number. Expiry is judged by the
 * database's clock, the one clock that all workers share.
 */
import { sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { leases } from "@/server/db/schema";

/** Reason of the abort when a lease was lost: another worker may be at work already, so nothing more may be done. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

export function serviceLeaseKey(serviceId: string): string {
  return `service:${serviceId}`;
}

/** For the containers of one release: held by whoever stops them, and by whoever goes back to them. */
export function releaseLeaseKey(releaseId: string): string {
  return `${releaseLeasePrefix}${releaseId}`;
}

export const releaseLeasePrefix = "release:";

const expiry = (ttlMs: number) => sql`clock_timestamp() + ${ttlMs}::int * interval '1 millisecond'`;

/** Takes a free or lapsed lease; null where somebody holds it, be it the same worker. */
export async function acquireLease(db: Db, key: string, holder: string, ttlMs: number): Promise<number | null> {
  const [row] = await db
    .insert(leases)
    .values({ key, holder, token: 1, expiresAt: expiry(ttlMs) })
    .onConflictDoUpdate({
      target: leases.key,
      set: { holder, token: sql`${leases.token} + 1`, expiresAt: expiry(ttlMs) },
      setWhere: sql`${leases.expiresAt} <= clock_timestamp()`,
    })
    .returning({ token: leases.token });
  return row?.token ?? null;
}

/** Whether the lease was still held and is now held longer. */
export async function extendLease(db: Db, key: string, token: number, ttlMs: number): Promise<boolean> {
  const rows = await db
    .update(leases)
    .set({ expiresAt: expiry(ttlMs) })
    .where(sql`${leases.key} = ${key} and ${leases.token} = ${token} and ${leases.expiresAt} > clock_timestamp()`)
    .returning({ token: leases.token });
  return rows.length > 0;
}

/** The row stays, so that the fencing number goes on growing. */
export async function releaseLease(db: Db, key: string, token: number): Promise<void> {
  await db
    .update(leases)
    .set({ expiresAt: sql`clock_timestamp()` })
    .where(sql`${leases.key} = ${key} and ${leases.token} = ${token}`);
}

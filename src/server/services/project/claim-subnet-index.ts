import { sql } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { freeSubnetIndex } from "@/domain/network/environment-subnet";
import type { Tx } from "@/server/db/client";
import { environments } from "@/server/db/schema";

// Any number that no other advisory lock of ours uses: finding the lowest free block and taking it must not interleave.
const subnetLock = 7103320;

/**
 * The first free block of the address pool from `startAt` on, until the transaction ends; none that meets an address
 * range in use. Throws address_pool_exhausted.
 */
export async function claimSubnetIndex(tx: Tx, pool: string, inUse: string[] = [], startAt = 0): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${subnetLock})`);
  const rows = await tx.select({ index: environments.subnetIndex }).from(environments);
  const index = freeSubnetIndex(pool, new Set(rows.map((row) => row.index)), inUse, startAt);
  if (index === null) throw new AppError("address_pool_exhausted");
  return index;
}

import { sql } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { subnetCapacity } from "@/domain/naming";
import type { Tx } from "@/server/db/client";

// Any number that no other advisory lock of ours uses: finding the lowest free block and taking it must not interleave.
const subnetLock = 7103320;

/** The lowest free block of the address pool, until the transaction ends. Throws address_pool_exhausted. */
export async function claimSubnetIndex(tx: Tx, pool: string): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${subnetLock})`);
  const { rows } = await tx.execute<{ free: number }>(sql`
    select free
    from generate_series(0, ${subnetCapacity(pool) - 1}::int) as free
    where not exists (select from environments where subnet_index = free)
    order by free
    limit 1`);
  const [row] = rows;
  if (!row) throw new AppError("address_pool_exhausted");
  return row.free;
}

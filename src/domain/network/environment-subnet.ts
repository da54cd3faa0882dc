/**
 * Each environment's network is a block of the configured address pool, counted from its beginning: named by us, because
 * Docker's own pools end after some thirty networks.
 */
import { type AddressBlock, formatAddressBlock, overlaps, parseAddressBlock } from "./address-block";

/** A /25: 125 containers beside the gateway, as a service takes two or three times its replicas during a cutover. */
const blockSize = 128;

/** How many environments' networks a pool such as 10.128.0.0/12 holds; 0 where it is none or too small. */
export function subnetCapacity(pool: string): number {
  return Math.floor((parseAddressBlock(pool)?.size ?? 0) / blockSize);
}

/** The subnet (CIDR) of block `index`, counted from 0. Throws RangeError beyond the pool. */
export function environmentSubnet(pool: string, index: number): string {
  return formatAddressBlock(blockOf(pool, index));
}

/**
 * Whether block `index` is in the pool (which may have been made smaller) and meets none of the ranges in use. `inUse`
 * holds CIDRs; what is none is left out.
 */
export function isSubnetFree(pool: string, index: number, inUse: string[]): boolean {
  if (index >= subnetCapacity(pool)) return false;
  const block = blockOf(pool, index);
  return !obstacles(pool, inUse).some((obstacle) => overlaps(block, obstacle));
}

/**
 * The first block from `startAt` on, around the end, that nobody claimed and that meets none of the ranges in use; null
 * where there is none.
 */
export function freeSubnetIndex(
  pool: string,
  claimed: ReadonlySet<number>,
  inUse: string[],
  startAt = 0,
): number | null {
  const start = parseAddressBlock(pool)?.first ?? 0;
  const blocked = new Set(claimed);
  const capacity = subnetCapacity(pool);
  for (const { first, size } of obstacles(pool, inUse)) {
    const from = Math.max(0, Math.floor((first - start) / blockSize));
    const to = Math.min(capacity - 1, Math.floor((first + size - 1 - start) / blockSize));
    for (let index = from; index <= to; index += 1) blocked.add(index);
  }
  for (let step = 0; step < capacity; step += 1) {
    const index = (startAt + step) % capacity;
    if (!blocked.has(index)) return index;
  }
  return null;
}

function blockOf(pool: string, index: number): AddressBlock {
  const capacity = subnetCapacity(pool);
  if (!Number.isInteger(index) || index < 0 || index >= capacity) {
    throw new RangeError(`environment ${index} does not fit the address pool ${pool} of ${capacity} networks`);
  }
  return { first: (parseAddressBlock(pool)?.first ?? 0) + index * blockSize, size: blockSize };
}

/**
 * A range that holds the whole pool (a default route, a company's 10.0.0.0/8) says nothing about a part of it, and would
 * leave no part at all.
 */
function obstacles(pool: string, inUse: string[]): AddressBlock[] {
  const whole = parseAddressBlock(pool)?.size ?? 0;
  return inUse
    .map(parseAddressBlock)
    .filter((block) => block !== null)
    .filter((block) => block.size < whole);
}

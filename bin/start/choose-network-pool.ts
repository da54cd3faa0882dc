import { formatAddressBlock, overlaps, parseAddressBlock } from "@/domain/network/address-block";
import { hostRanges } from "@/server/adapters/docker/host-ranges";

const count = 4;

/**
 * An address pool for an instance's networks: a /12, room for thousands, of 10.128.0.0/10; the one that `preference`
 * falls on or the next that this machine needs nothing of. Other instances have networks there, and so may a VPN. Where
 * each of them is used in part the preferred one it is, and the worker passes over the parts.
 */
export function chooseNetworkPool(preference: number, inUse: string[] = hostRanges()): string {
  const taken = inUse.map(parseAddressBlock).filter((block) => block !== null);
  const pools = Array.from({ length: count }, (_none, step) => poolAt((preference + step) % count));
  // A route to all of it, as of a company's 10.0.0.0/8, says nothing about a part.
  const free = pools.find((pool) => !taken.some((block) => block.size <= pool.size && overlaps(block, pool)));
  return formatAddressBlock(free ?? poolAt(preference % count));
}

function poolAt(n: number) {
  const size = 2 ** 20;
  return { first: 10 * 2 ** 24 + 128 * 2 ** 16 + n * size, size };
}

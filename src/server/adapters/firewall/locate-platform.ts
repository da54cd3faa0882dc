import { lookup } from "node:dns/promises";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

export type PlatformPlaces = { here: number[]; elsewhere: { address: string; port: number }[] };

/**
 * Which parts of the platform are on this machine, whatever name leads to them, and which on others. A name that cannot
 * be resolved now is left out: the next look finds it.
 */
export async function locatePlatform(parts: { host: string; port: number }[]): Promise<PlatformPlaces> {
  const own = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));
  const isHere = (address: string) =>
    own.has(address) || address.startsWith("127.") || ["0.0.0.0", "::", "::1"].includes(address);
  const here = new Set<number>();
  const elsewhere = new Map<string, { address: string; port: number }>();
  for (const { host, port } of parts) {
    const found = await lookup(host, { all: true }).catch(() => []);
    for (const { address } of found) {
      if (isHere(address)) here.add(port);
      // The environments' networks have no IPv6.
      else if (isIPv4(address)) elsewhere.set(`${address}:${port}`, { address, port });
    }
  }
  return {
    here: [...here].sort((a, b) => a - b),
    elsewhere: [...elsewhere.keys()].sort().flatMap((key) => elsewhere.get(key) ?? []),
  };
}

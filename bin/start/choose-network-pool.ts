import { readFileSync } from "node:fs";

const first = 128;
const count = 64;

/**
 * An address pool for an instance's networks: 10.128.0.0/16 to 10.191.0.0/16, the one that `preference` (0 to 255)
 * falls on or the next to which no route leads. Other instances have networks there, and so may a VPN.
 */
export function chooseNetworkPool(preference: number, routes: string | null = readRoutes()): string {
  const taken = routedSecondOctets(routes ?? "");
  const candidates = Array.from({ length: count }, (_, step) => first + ((preference + step) % count));
  const octet = candidates.find((candidate) => !taken.has(candidate)) ?? candidates[0];
  return `10.${octet}.0.0/16`;
}

/** Of the routes within 10.0.0.0/8. A route to all of it, as of a company's network, says nothing about a part. */
function routedSecondOctets(routes: string): Set<number> {
  const destinations = routes.split("\n").map((line) => line.split(/\s+/)[1] ?? "");
  // The kernel writes addresses in the byte order of the machine: 0000890A is 10.137.0.0 on a little-endian one.
  const within = destinations.filter((hex) => /^[0-9A-F]{6}0A$/.test(hex));
  return new Set(within.map((hex) => Number.parseInt(hex.slice(4, 6), 16)));
}

/** Linux's table of IPv4 routes, those of networks without a running container too; null on other systems. */
function readRoutes(): string | null {
  try {
    return readFileSync("/proc/net/route", "latin1");
  } catch {
    return null;
  }
}

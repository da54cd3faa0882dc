/** The IPv4 ranges that this machine itself needs: its routes, gateways, addresses and name servers, as CIDRs. */
import { getServers } from "node:dns";
import { readFileSync } from "node:fs";
import { endianness, networkInterfaces } from "node:os";

export function hostRanges(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.filter(({ family }) => family === "IPv4").map(({ address }) => address);
  const nameServers = getServers().filter((server) => /^[\d.]+$/.test(server));
  return [...new Set([...routedRanges(readRoutes()), ...own, ...nameServers])];
}

/** Of Linux's table of routes: every destination but the default, and every gateway. */
export function routedRanges(table: string): string[] {
  return table.split("\n").flatMap((line) => {
    const [, destination = "", gateway = "", , , , , mask = ""] = line.split(/\s+/);
    if (![destination, gateway, mask].every((field) => /^[0-9A-F]{8}$/.test(field))) return [];
    const bits = octets(mask).reduce((sum, octet) => sum + octet.toString(2).replaceAll("0", "").length, 0);
    const range = bits === 0 ? [] : [`${octets(destination).join(".")}/${bits}`];
    return /^0+$/.test(gateway) ? range : [...range, octets(gateway).join(".")];
  });
}

/** The kernel writes addresses in the byte order of the machine: 0000890A is 10.137.0.0 on a little-endian one. */
function octets(hex: string): number[] {
  const bytes = [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return endianness() === "LE" ? bytes.reverse() : bytes;
}

/** Those of networks without a running container too, which networkInterfaces() leaves out. Empty on other systems. */
function readRoutes(): string {
  try {
    return readFileSync("/proc/net/route", "latin1");
  } catch {
    return "";
  }
}

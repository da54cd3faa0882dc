/**
 * What an application learns of its client. A client could claim anything in these headers, so they are dropped, and
 * written anew from the connection, unless the connection comes from a proxy that the operator trusts.
 */
import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";
import { hostPort } from "./host-name";

export type TrustedProxies = { includes(address: string): boolean };

/** Reads addresses and CIDR ranges. Throws RangeError for an entry that is neither. */
export function readTrustedProxies(entries: string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    const prefix = bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits);
    if (isIP(address) === 0 || !Number.isInteger(prefix))
      throw new RangeError(`"${entry}" is no address or CIDR range`);
    list.addSubnet(address, prefix, family);
  }
  return { includes: (address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4") };
}

export type Connection = { remoteAddress: string | undefined };

/** Headers that say where a request came from; an underscore form reaches CGI-style applications as the same name. */
const claim = /^(x[-_]forwarded[-_]|x[-_]real[-_]ip$|x[-_]scheme$|forwarded$)/;

/** Rewrites `headers` in place. This router speaks plain HTTP, so without a trusted proxy the scheme is http. */
export function setForwardedHeaders(
  headers: IncomingHttpHeaders,
  connection: Connection,
  trusted: TrustedProxies,
): void {
  const peer = (connection.remoteAddress ?? "").replace(/^::ffff:/, "");
  const before = trusted.includes(peer) ? { ...headers } : {};
  for (const name of Object.keys(headers)) if (claim.test(name)) delete headers[name];

  const chain = first(before["x-forwarded-for"]);
  const proto = first(before["x-forwarded-proto"]) ?? "http";
  const host = first(before["x-forwarded-host"]) ?? headers.host ?? "";
  headers["x-forwarded-for"] = chain === undefined ? peer : `${chain}, ${peer}`;
  headers["x-forwarded-proto"] = proto;
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-port"] =
    first(before["x-forwarded-port"]) ?? hostPort(host) ?? (proto === "https" || proto === "wss" ? "443" : "80");
  headers["x-real-ip"] = first(before["x-real-ip"]) ?? peer;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Headers that belong to one connection, not to the message: RFC 9110 section 7.6.1. A proxy passes none of them on. */
import type { IncomingHttpHeaders } from "node:http";

const fixed = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What says where a message ends and whom it is for; a client may not have that taken off by naming it. */
const framing = new Set(["content-length", "host"]);

/** Their names, lower-case, with those that Connection adds. */
function hopByHop(connection: string | undefined): Set<string> {
  const nominated = connection?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  return new Set([...fixed, ...nominated.filter((name) => !framing.has(name))]);
}

const plain = hopByHop(undefined);

function namesFor(connection: string | undefined): Set<string> {
  return connection === undefined || /^\s*(close|keep-alive)\s*$/i.test(connection) ? plain : hopByHop(connection);
}

/**
 * Takes them off a request, in place. A chunked body keeps its framing: without it Node would send the body of a GET
 * with no length at all, which the application would read as a second request.
 */
export function stripRequest(headers: IncomingHttpHeaders): void {
  const chunked = headers["transfer-encoding"] !== undefined;
  for (const name of namesFor(headers.connection)) delete headers[name];
  if (chunked) headers["transfer-encoding"] = "chunked";
}

/** A response's raw headers (name, value, name, value) without them; Node frames the body anew for its own client. */
export function withoutHopByHop(rawHeaders: string[], connection: string | undefined): string[] {
  const names = namesFor(connection);
  const others: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    const value = rawHeaders[index + 1];
    if (name !== undefined && value !== undefined && !names.has(name.toLowerCase())) others.push(name, value);
  }
  return others;
}

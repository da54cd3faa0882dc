/** How a request is addressed and framed. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Puts a request whose target is a whole URL (RFC 9112 section 3.2.2) into the usual form: the URL's host wins. */
export function normalizeTarget(request: IncomingMessage): void {
  if (request.url === undefined || !/^https?:\/\//i.test(request.url) || !URL.canParse(request.url)) return;
  const { host, pathname, search } = new URL(request.url);
  request.url = `${pathname}${search}`;
  request.headers.host = host;
}

export function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

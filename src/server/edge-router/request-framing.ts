/** How a request is addressed and framed. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** RFC 9112 section 3.2: more than one Host is an attempt to be two requests at once. Node keeps the first and is silent. */
export function hasOneHost({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts === 1;
}

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

/** A body that an application has not received whole by the time it has read the headers. */
export function isLongUpload(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 64 * 1024;
}

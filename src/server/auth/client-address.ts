const longest = 45;

/**
 * Where a request comes from: the last entry of X-Forwarded-For, which the proxy right before us wrote (Next.js itself
 * where there is none). Entries before it are whatever the client claims.
 */
export function clientAddress(forwardedFor: string | null | undefined): string | null {
  const last = forwardedFor?.split(",").at(-1)?.trim();
  return last ? last.slice(0, longest) : null;
}

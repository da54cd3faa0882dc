/**
 * Whether a request that changes something comes from our own pages. The cookie's SameSite=Lax is not enough:
 * applications of strangers run on the same site. Browsers send Origin with every POST; programs, which have no
 * cookie to be abused, may leave it out.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const fetchSite = headers.get("sec-fetch-site");
  if (fetchSite !== null && fetchSite !== "same-origin" && fetchSite !== "none") return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  if (origin === new URL(publicUrl).origin) return true;
  // The dashboard opened by another of its names or addresses.
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}

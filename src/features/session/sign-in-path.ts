/** Address of the sign-in page that leads back to where a person was headed. */
export function signInPath(destination: string): string {
  return destination === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(destination)}`;
}

/**
 * Where to go after signing in. Only paths of this site: what begins with two slashes or a backslash would lead to
 * another host (browsers read "/\" as "//").
 */
export function safeDestination(next: string | null | undefined): string {
  const fallback = "/projects";
  if (!next || !/^\/(?![/\\])/.test(next)) return fallback;
  // Browsers drop tabs and line breaks from addresses: "/\t/host" would become "//host".
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  if (/[\u0000-\u0020\\]/.test(next)) return fallback;
  return next.startsWith("/sign-in") || next.startsWith("/api/") ? fallback : next;
}

/**
 * The cookie that names the session. Never with a Domain: applications of strangers run below the same domain, and
 * what they may set or read must not include this. On https the __Host- prefix has the browser enforce it.
 */
import type { Config } from "@/server/config";

export function isSecure(config: Pick<Config, "web">): boolean {
  return config.web.publicUrl.startsWith("https://");
}

export function sessionCookie(config: Pick<Config, "web">) {
  const secure = isSecure(config);
  return {
    name: secure ? "__Host-helvetia.session" : "helvetia.session",
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure },
  };
}

/** The value of a cookie in a Cookie header (RFC 6265 section 5.4), or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const separator = pair.indexOf("=");
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim() || null;
  }
  return null;
}

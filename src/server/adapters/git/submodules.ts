/** Where the submodules of a commit come from, read from its .gitmodules. */
import type { GitLocation } from "@/server/ports";

export type Submodule = { path: string; url: string };

/** Understands what `git submodule add` writes: `path` and `url` of each section. */
export function parseGitmodules(text: string): Submodule[] {
  const found: Submodule[] = [];
  for (const section of text.split(/^\s*\[/m)) {
    if (!section.startsWith("submodule ")) continue;
    const value = (key: string) => new RegExp(`^\\s*${key}\\s*=\\s*"?(.*?)"?\\s*$`, "m").exec(section)?.[1];
    const [path, url] = [value("path"), value("url")];
    if (path !== undefined && url !== undefined) found.push({ path, url });
  }
  return found;
}

/**
 * Location of a submodule. Relative addresses count from the parent's; the parent's token goes along only to the
 * origin it was given for.
 */
export function submoduleLocation(parent: GitLocation, url: string): GitLocation {
  const absolute = /^\.\.?\//.test(url) ? relativeTo(parent.url, url) : url;
  const origin = (address: string) => (/^https?:/i.test(address) ? (URL.parse(address)?.origin ?? null) : null);
  const sameOrigin = origin(absolute) !== null && origin(absolute) === origin(parent.url);
  return { url: absolute, token: sameOrigin ? parent.token : null };
}

function relativeTo(parent: string, relative: string): string {
  let base = parent.replace(/\/+$/, "");
  let rest = relative;
  while (/^\.\.?\//.test(rest)) {
    if (rest.startsWith("../")) base = base.replace(/[/:][^/:]*$/, "");
    rest = rest.replace(/^\.\.?\//, "");
  }
  return `${base}/${rest}`;
}

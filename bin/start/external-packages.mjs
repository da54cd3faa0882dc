import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Packages that go into our bundles. They are hundreds of small ES modules: loading drizzle-orm file by file makes
 * 130 MB of garbage and takes 300 ms, as a part of the bundle it takes 20.
 */
const bundled = new Set(["drizzle-orm", "zod"]);

/**
 * All other packages stay outside, in node_modules: some are native, some look for files of their own.
 * @param {string} root
 * @returns {string[]}
 */
export function externalPackages(root) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !bundled.has(name));
}

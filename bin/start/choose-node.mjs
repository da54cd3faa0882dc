import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { CommandError } from "./command-error.mjs";

/** graphile-worker 0.18 wants it. */
const oldest = { major: 22, minor: 18 };

/**
 * The Node.js to go on with: the pinned one that came with the dependencies, or null to stay on the current one.
 * @param {string} root
 * @param {{ execPath: string, version: string, platform: string, arch: string }} current
 * @returns {string | null} path of an executable
 */
export function chooseNode(root, current = { ...process, version: process.versions.node }) {
  const pinned = path.join(root, "node_modules", `node-${current.platform}-${current.arch}`, "bin", "node");
  if (existsSync(pinned)) {
    if (realpathSync(pinned) === realpathSync(current.execPath)) return null;
    // It is built for glibc: where the C library is another one it does not start.
    if (spawnSync(pinned, ["--version"]).status === 0) return pinned;
  }
  if (isNewEnough(current.version)) return null;
  throw new CommandError(
    `Node.js ${current.version} is too old (${oldest.major}.${oldest.minor} or later is needed), and npm has no newer one for ${current.platform} on ${current.arch}.`,
    "Install Node.js 24 from https://nodejs.org, then run this command again.",
  );
}

/** @param {string} version such as "22.18.0" */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

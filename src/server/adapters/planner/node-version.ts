/** Which Node.js an application wants: what a version file says, else engines.node, else the current long-term release. */
import semver from "semver";
import type { FileTree } from "./file-tree";
import type { NodeManifest } from "./node-manifest";

const defaultMajor = 24;
/** Tried in this order for a range that the default does not satisfy. */
const otherMajors = [22, 20, 18, 16, 26, 25];
const codenames: Record<string, number> = { krypton: 24, jod: 22, iron: 20, hydrogen: 18, gallium: 16 };

export type NodeVersion = { major: number; note: string | null };

export function chooseNodeVersion(tree: FileTree, manifest: NodeManifest | null): NodeVersion {
  for (const file of [".nvmrc", ".node-version"]) {
    const major = majorOf(tree.read(file).trim());
    if (major !== null) return { major, note: null };
  }
  const range = manifest?.engines.node;
  if (range === undefined) return { major: defaultMajor, note: null };
  const major = [defaultMajor, ...otherMajors].find((one) => satisfies(one, range));
  if (major !== undefined) return { major, note: null };
  return {
    major: defaultMajor,
    note: `No Node.js release fits engines.node "${range.slice(0, 50)}": ${defaultMajor} is used.`,
  };
}

function majorOf(text: string): number | null {
  const codename = /^lts\/(\w+)$/.exec(text)?.[1];
  if (codename !== undefined) return codenames[codename] ?? null;
  const number = Number(/^v?(\d{1,3})(\.|$)/.exec(text)?.[1]);
  return number >= 12 && number < 100 ? number : null;
}

function satisfies(major: number, range: string): boolean {
  const valid = semver.validRange(range);
  return valid !== null && semver.intersects(valid, `${major}.x`);
}

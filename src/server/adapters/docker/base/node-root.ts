import { access, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { busyboxRoot } from "./busybox-root";
import { listDirectory } from "./list-directory";
import { MissingPart } from "./missing-part";
import type { BaseRoot, RootEntry } from "./root-entry";
import { findProgram } from "./run-program";
import { sharedLibraries } from "./shared-libraries";

const modules = "usr/local/lib/node_modules";

/** As in the official image: arguments that are no program are Node.js's own. */
const entrypoint = `#!/bin/sh
set -e
if [ "\${1#-}" != "$1" ] || ! command -v "$1" >/dev/null 2>&1 || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

/** A root file system of this process's own Node.js, npm, BusyBox and certificates. Throws MissingPart. */
export async function nodeRoot(certificates: string): Promise<BaseRoot> {
  const base = await busyboxRoot(certificates);
  const npm = await findNpm();
  if (!npm) {
    throw new MissingPart(
      "no npm that stands on its own was found",
      "Install npm from nodejs.org or with `npm install -g npm`",
    );
  }
  const corepack = path.join(path.dirname(npm), "corepack");
  const npmVersion = await versionOf(npm);
  const corepackVersion = (await exists(path.join(corepack, "package.json"))) ? await versionOf(corepack) : null;
  const versions = [`Node.js ${process.version}`, `npm ${npmVersion}`];
  if (corepackVersion !== null) versions.push(`Corepack ${corepackVersion}`);
  const node = { source: await realpath(process.execPath), version: process.version };
  return {
    entries: [
      ...base.entries,
      { type: "file", path: "usr/local/bin/node", mode: 0o755, ...node },
      { type: "link", path: "usr/local/bin/nodejs", target: "node" },
      ...(await sharedLibraries(process.execPath)),
      { type: "directory", path: modules, mode: 0o755 },
      ...(await listDirectory(npm, `${modules}/npm`, npmVersion)),
      packageLink("npm", "npm/bin/npm-cli.js"),
      packageLink("npx", "npm/bin/npx-cli.js"),
      ...(corepackVersion === null ? [] : await listDirectory(corepack, `${modules}/corepack`, corepackVersion)),
      ...(corepackVersion === null ? [] : [packageLink("corepack", "corepack/dist/corepack.js")]),
      { type: "text", path: "usr/local/bin/docker-entrypoint.sh", mode: 0o755, content: entrypoint },
    ],
    contents: [...versions, base.contents].join(", "),
    changes: [
      ...base.changes.filter((change) => !change.startsWith("CMD")),
      `ENV NODE_VERSION=${process.version.slice(1)}`,
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["node"]',
    ],
  };
}

function packageLink(program: string, file: string): RootEntry {
  return { type: "link", path: `usr/local/bin/${program}`, target: `../lib/node_modules/${file}` };
}

/** The npm on the PATH, the one beside this Node.js, or an installed package: whichever carries its own dependencies. */
async function findNpm(): Promise<string | null> {
  const onPath = await findProgram("npm");
  const candidates = [
    onPath && path.resolve(await realpath(onPath), "../.."),
    path.resolve(process.execPath, "../../lib/node_modules/npm"),
    path.resolve("node_modules/npm"),
    "/usr/local/lib/node_modules/npm",
    "/usr/lib/node_modules/npm",
  ];
  for (const candidate of candidates) {
    // Distributions take npm apart into packages of their own; such a directory alone does not run.
    const ownDependency = candidate && path.join(candidate, "node_modules/@npmcli/arborist/package.json");
    if (candidate && ownDependency && (await exists(ownDependency))) return candidate;
  }
  return null;
}

async function versionOf(directory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(directory, "package.json"), "utf8"));
  return manifest && typeof manifest === "object" && "version" in manifest
    ? String(manifest.version)
    : "of unknown version";
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

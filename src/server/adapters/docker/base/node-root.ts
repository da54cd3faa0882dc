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
  const hasCorepack = await exists(path.join(corepack, "package.json"));
  const versions = [`Node.js ${process.version}`, `npm ${await versionOf(npm)}`];
  if (hasCorepack) versions.push(`Corepack ${await versionOf(corepack)}`);
  return {
    entries: [
      ...base.entries,
      { type: "file", path: "usr/local/bin/node", mode: 0o755, source: await realpath(process.execPath) },
      { type: "link", path: "usr/local/bin/nodejs", target: "node" },
      ...(await sharedLibraries(process.execPath)),
      ...(await packageEntries("npm", npm, { npm: "bin/npm-cli.js", npx: "bin/npx-cli.js" })),
      ...(hasCorepack ? await packageEntries("corepack", corepack, { corepack: "dist/corepack.js" }) : []),
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

async function packageEntries(name: string, source: string, programs: Record<string, string>): Promise<RootEntry[]> {
  const links = Object.entries(programs).map(
    ([program, file]): RootEntry => ({
      type: "link",
      path: `usr/local/bin/${program}`,
      target: `../lib/node_modules/${name}/${file}`,
    }),
  );
  return [
    { type: "directory", path: modules, mode: 0o755 },
    ...(await listDirectory(source, `${modules}/${name}`)),
    ...links,
  ];
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

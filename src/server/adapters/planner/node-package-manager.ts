/** Which package manager an application uses, and how it is made to do its work in a build. */
import type { FileTree } from "./file-tree";
import type { NodeManifest } from "./node-manifest";

export type PackageManagerName = "npm" | "pnpm" | "yarn" | "yarn-berry" | "bun";

export type PackageManager = {
  name: PackageManagerName;
  label: string;
  lockfile: string | null;
  /** Installs the manager itself; null for npm, which comes with Node.js. */
  setup: string | null;
  install: string;
  /** Installs without development dependencies, from nothing; null where there is no such command. */
  installProduction: string | null;
  /** Takes the development dependencies out again; null where there is no such command. */
  prune: string | null;
  cacheDirectory: string;
  environment: Record<string, string>;
};

/** The newest of each line that reads the lockfile; who needs another names it in package.json's packageManager. */
const pinned = {
  pnpm: "10.34.8",
  pnpmOfLockfile6: "8.15.9",
  pnpmOfLockfile5: "7.33.7",
  yarn: "1.22.22",
  berry: "4.18.1",
  bun: "1.4.5",
};

const quietNpm = { NPM_CONFIG_AUDIT: "false", NPM_CONFIG_FUND: "false", NPM_CONFIG_UPDATE_NOTIFIER: "false" };

const lockfiles: readonly (readonly [file: string, name: "npm" | "pnpm" | "yarn" | "bun"])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

export function detectPackageManager(tree: FileTree, manifest: NodeManifest): PackageManager {
  const [, named, version] =
    /^(npm|pnpm|yarn|bun)@(\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(manifest.packageManager ?? "") ?? [];
  const found = lockfiles.find(([file, name]) => tree.has(file) && (named === undefined || name === named));
  const lockfile = found?.[0] ?? null;
  switch (named ?? found?.[1] ?? "npm") {
    case "pnpm":
      return pnpm(lockfile, version ?? pnpmVersion(tree));
    case "yarn":
      return isBerry(tree, version)
        ? yarnBerry(lockfile, version ?? pinned.berry)
        : yarnClassic(lockfile, version ?? pinned.yarn);
    case "bun":
      return bun(lockfile, version ?? pinned.bun);
    default:
      return npm(lockfile);
  }
}

/** Files that decide what is installed; they are copied before the rest, so that a change elsewhere installs nothing. */
export function installInputs(
  tree: FileTree,
  { lockfile }: PackageManager,
): { files: string[]; directories: string[] } {
  const names = [".npmrc", "pnpm-workspace.yaml", ".pnpmfile.cjs", ".yarnrc", ".yarnrc.yml", "bunfig.toml"];
  const files = ["package.json", ...(lockfile === null ? [] : [lockfile]), ...names.filter((name) => tree.has(name))];
  return { files, directories: [".yarn", "patches"].filter((name) => tree.hasDirectory(name)) };
}

function npm(lockfile: string | null): PackageManager {
  const install = `npm ${lockfile === null ? "install" : "ci"}`;
  return {
    name: "npm",
    label: "npm",
    lockfile,
    setup: null,
    install,
    installProduction: `${install} --omit=dev`,
    prune: "npm prune --omit=dev --ignore-scripts",
    cacheDirectory: "/root/.npm",
    environment: quietNpm,
  };
}

function pnpm(lockfile: string | null, version: string): PackageManager {
  const frozen = lockfile === null ? "--no-frozen-lockfile" : "--frozen-lockfile";
  return {
    name: "pnpm",
    label: "pnpm",
    lockfile,
    setup: `npm install --global pnpm@${version}`,
    install: `pnpm install ${frozen}`,
    installProduction: `pnpm install ${frozen} --prod`,
    // Without CI it asks before it removes anything.
    prune: "CI=true pnpm prune --prod --ignore-scripts",
    cacheDirectory: "/pnpm-store",
    environment: { ...quietNpm, npm_config_store_dir: "/pnpm-store" },
  };
}

function pnpmVersion(tree: FileTree): string {
  const format = /^lockfileVersion:\s*['"]?(\d+)/m.exec(tree.read("pnpm-lock.yaml"))?.[1];
  if (format === "5") return pinned.pnpmOfLockfile5;
  return format === "6" ? pinned.pnpmOfLockfile6 : pinned.pnpm;
}

function isBerry(tree: FileTree, version: string | undefined): boolean {
  if (version !== undefined) return !version.startsWith("1.");
  return tree.has(".yarnrc.yml") || /^__metadata:/m.test(tree.read("yarn.lock"));
}

function yarnClassic(lockfile: string | null, version: string): PackageManager {
  const install = `yarn install --non-interactive${lockfile === null ? "" : " --frozen-lockfile"}`;
  return {
    name: "yarn",
    label: "Yarn",
    lockfile,
    // The official Node.js images have a Yarn of their own in the way.
    setup: `npm install --global --force yarn@${version}`,
    install,
    installProduction: `${install} --production`,
    prune: `${install} --production --ignore-scripts --offline`,
    cacheDirectory: "/yarn-cache",
    environment: { ...quietNpm, YARN_CACHE_FOLDER: "/yarn-cache" },
  };
}

function yarnBerry(lockfile: string | null, version: string): PackageManager {
  return {
    name: "yarn-berry",
    label: "Yarn",
    lockfile,
    setup: `npm install --global --force @yarnpkg/cli-dist@${version}`,
    install: `yarn install${lockfile === null ? "" : " --immutable"}`,
    installProduction: null,
    prune: version.startsWith("4.") ? "yarn workspaces focus --production" : null,
    cacheDirectory: "/yarn-cache",
    // Plug'n'Play needs every program to be started by Yarn; node_modules need nobody.
    environment: {
      ...quietNpm,
      YARN_NODE_LINKER: "node-modules",
      YARN_GLOBAL_FOLDER: "/yarn-cache",
      YARN_ENABLE_TELEMETRY: "0",
    },
  };
}

function bun(lockfile: string | null, version: string): PackageManager {
  const install = `bun install${lockfile === null ? "" : " --frozen-lockfile"}`;
  return {
    name: "bun",
    label: "Bun",
    lockfile,
    setup: `npm install --global bun@${version}`,
    install,
    installProduction: `${install} --production`,
    prune: null,
    cacheDirectory: "/bun-cache",
    environment: { ...quietNpm, BUN_INSTALL_CACHE_DIR: "/bun-cache" },
  };
}

export function runScript({ name }: PackageManager, script: string): string {
  return `${name === "yarn-berry" ? "yarn" : name} run ${script}`;
}

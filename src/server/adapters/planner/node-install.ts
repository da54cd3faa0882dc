/** Decides how dependencies are installed: from the manifests alone where that is enough, and without development packages where they are not needed. */
import type { FileTree } from "./file-tree";
import { dependencyRanges, hasDependencies, type NodeManifest } from "./node-manifest";
import { installInputs, type PackageManager } from "./node-package-manager";
import type { NodeBuild } from "./node-stages";
import type { PlanInput } from "./recipe";

export type InstallPlan = Pick<NodeBuild, "install" | "installInputs" | "prune" | "installKeys"> & { notes: string[] };

/** Install hooks that do nothing outside a working copy, or need nothing but patches/. */
const harmlessHook = /^(husky|lefthook|simple-git-hooks|patch-package|is-ci\b.*husky|true|exit 0)\b/;
const hooks = ["preinstall", "install", "postinstall", "preprepare", "prepare"];
const mostWorkspaces = 100;

export function planInstall(
  { tree, settings, environmentKeys }: PlanInput,
  manifest: NodeManifest,
  manager: PackageManager,
  /** Who needs the development packages: what runs, the build alone, or nobody. */
  neededBy: "application" | "build" | "nobody",
): InstallPlan {
  const installKeys = keysInConfiguration(tree, environmentKeys);
  if (settings.installCommand !== null) {
    return { install: settings.installCommand, installInputs: null, prune: null, installKeys, notes: [] };
  }
  const isMember = tree.has("pnpm-workspace.yaml") || manifest.workspaces !== undefined;
  if (!hasDependencies(manifest) && !isMember) {
    return { install: null, installInputs: null, prune: null, installKeys: [], notes: [] };
  }
  const notes = manager.lockfile === null ? ["There is no lockfile: another build may install other versions."] : [];
  const workspaces = isMember ? tree.paths.filter((path) => path.endsWith("/package.json")) : [];
  if (needsSources(tree, manifest) || workspaces.length > mostWorkspaces) {
    notes.push("Installing runs scripts of this repository, so every change installs the dependencies anew.");
    return { install: manager.install, installInputs: null, prune: null, installKeys, notes };
  }
  const inputs = { ...installInputs(tree, manager), workspaces };
  const hasHooks = hooks.some((name) => name in manifest.scripts);
  const mayLeaveOut = neededBy !== "application" && !isMember && Object.keys(manifest.devDependencies).length > 0;
  if (mayLeaveOut && neededBy === "nobody" && manager.installProduction !== null && !hasHooks) {
    return { install: manager.installProduction, installInputs: inputs, prune: null, installKeys, notes };
  }
  return {
    install: manager.install,
    installInputs: inputs,
    prune: mayLeaveOut ? manager.prune : null,
    installKeys,
    notes,
  };
}

function needsSources(tree: FileTree, manifest: NodeManifest): boolean {
  const runsHook = hooks.some((name) => {
    const hook = manifest.scripts[name];
    return hook !== undefined && !harmlessHook.test(hook);
  });
  const isLocal = dependencyRanges(manifest).some((range) => /^(file|link|portal):/.test(range));
  // Prisma generates its client from the schema while it is installed.
  return runsHook || isLocal || (manifest.uses("prisma", "@prisma/client") && tree.has("prisma/schema.prisma"));
}

/** Variables that the package manager's own configuration refers to, such as a registry's token. */
function keysInConfiguration(tree: FileTree, keys: readonly string[]): string[] {
  const text = [".npmrc", ".yarnrc.yml", "bunfig.toml"].map((file) => tree.read(file)).join("\n");
  return keys.filter((key) => new RegExp(`\\$\\{?${key}\\b`).test(text));
}

/** Dependencies that are fetched by git or compiled need more than the slim image has. */
export function needsBuildTools(manifest: NodeManifest): boolean {
  return (
    manifest.uses("node-gyp") ||
    dependencyRanges(manifest).some((range) => /^(git[+:@]|github:|[\w-]+\/[\w.-]+(#|$))/.test(range))
  );
}

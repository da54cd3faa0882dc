/** The stages that install and build an application on Node.js. */
import { cacheMount, copy, declare, env, from, run } from "./dockerfile-text";
import type { PackageManager } from "./node-package-manager";

export const app = "/app";
export const modules = `${app}/node_modules`;

export type NodeBuild = {
  /** Final image. */
  image: string;
  /** Image of the stages that install and build. */
  buildImage: string;
  manager: PackageManager;
  /** Null: there is nothing to install. */
  install: string | null;
  /** What the installation reads; null: it may read everything. */
  installInputs: { files: string[]; directories: string[]; workspaces: string[] } | null;
  /** Removes the development dependencies from what was installed; null: they stay. */
  prune: string | null;
  build: string | null;
  /** What the build keeps for the next build; relative to the application. */
  buildCache: string | null;
  /** Build arguments that the installation needs, and all others. */
  installKeys: readonly string[];
  keys: readonly string[];
};

type Stage = (string | null)[];

/** Workspaces have modules in many directories, and an installation that reads everything has them among the rest. */
export function hasSeparateModules({ installInputs }: NodeBuild): boolean {
  return installInputs !== null && installInputs.workspaces.length === 0;
}

/** `needsManager`: the application is started by its package manager, so there has to be a stage with it in any case. */
export function buildStages(node: NodeBuild, needsManager: boolean): Stage[] {
  const { manager, install, installInputs, build, prune } = node;
  const base = baseStage(node, needsManager);
  if (install === null) {
    if (build === null) return needsManager ? [base] : [];
    return [base, buildStage(node, "base", [])];
  }
  const cache = [cacheMount(manager.cacheDirectory)];
  if (installInputs === null) return [base, buildStage(node, "base", [], run(install, cache))];
  const dependencies = [
    from("base", "dependencies"),
    `WORKDIR ${app}`,
    ...copyInputs(installInputs),
    ...declare(node.installKeys),
    run(install, cache),
  ];
  if (!hasSeparateModules(node)) return [base, dependencies, buildStage(node, "dependencies", [])];
  const stages = [base, dependencies];
  if (prune !== null) stages.push([from("dependencies", "production-dependencies"), run(prune, cache)]);
  const mount = `type=bind,from=dependencies,source=${modules},target=${modules},rw`;
  if (build !== null) stages.push(buildStage(node, "base", [mount]));
  return stages;
}

function baseStage({ buildImage, manager, install }: NodeBuild, needsManager: boolean): Stage {
  const setup = install !== null || needsManager ? manager.setup : null;
  return [from(buildImage, "base"), env(manager.environment), setup && run(setup, [cacheMount("/root/.npm")])];
}

function buildStage(node: NodeBuild, parent: "base" | "dependencies", mounts: string[], install?: string): Stage {
  const cache = node.buildCache === null ? [] : [cacheMount(`${app}/${node.buildCache}`)];
  return [
    from(parent, "build"),
    parent === "base" ? `WORKDIR ${app}` : null,
    copy(["."], "./"),
    ...declare(parent === "base" ? [...node.installKeys, ...node.keys] : node.keys),
    install ?? null,
    node.build === null ? null : run(node.build, [...mounts, ...cache]),
  ];
}

function copyInputs({ files, directories, workspaces }: NonNullable<NodeBuild["installInputs"]>): string[] {
  return [
    copy(files, "./"),
    ...directories.map((directory) => copy([directory], `./${directory}`)),
    ...workspaces.map((manifest) => copy([manifest], `./${manifest}`)),
  ];
}

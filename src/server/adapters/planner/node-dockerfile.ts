/**
 * The Dockerfile of an application on Node.js. Dependencies are a stage of their own, made of the manifests alone: a
 * change elsewhere installs nothing, and the layer of the image that holds them stays the same. The build sees them
 * through a mount, so that they are neither copied for it nor removed after it.
 */
import { cacheMount, cmd, copy, declare, dockerfile, env, from, port, run } from "./dockerfile-text";
import type { PackageManager } from "./node-package-manager";
import { staticServerDirectory } from "./static-server";

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
  /** Build arguments that the installation needs, and all others. */
  installKeys: readonly string[];
  keys: readonly string[];
};

export type NodeServer = {
  vector: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Paths of what the build made that run without node_modules -> path in the image; null: all is copied. */
  standalone: Readonly<Record<string, string>> | null;
};

export type StaticSite = { directory: string; singlePage: boolean; immutable: readonly string[] };

const app = "/app";
const modules = `${app}/node_modules`;
const owned = "--chown=node:node";

export function nodeServerDockerfile(node: NodeBuild, server: NodeServer): string {
  const { vector, environment, standalone } = server;
  const needsManager =
    vector.some((word) => word === "bun" || word === "pnpm" || word === "yarn") && node.manager.setup !== null;
  const final = [
    from(needsManager ? "base" : node.image),
    env({
      NODE_ENV: "production",
      HOST: "0.0.0.0",
      PORT: port,
      ...environment,
      ...(node.install !== null && standalone === null && { PATH: `${modules}/.bin:$PATH` }),
    }),
    ...(standalone === null
      ? applicationFiles(node)
      : Object.entries(standalone).map(([source, target]) =>
          copy([`${app}/${source}`], target === "." ? app : `${app}/${target}`, ["--from=build", owned]),
        )),
    `WORKDIR ${app}`,
    "USER node",
    `EXPOSE ${port}`,
    cmd(vector),
  ];
  return dockerfile(...buildStages(node, needsManager), final);
}

export function nodeStaticDockerfile(node: NodeBuild, site: StaticSite): string {
  return dockerfile(
    ...buildStages(node, false),
    staticStage(node.image, site, copy([`${app}/${site.directory}`], "/site", ["--from=build"])),
  );
}

/** A site of files that are there as they are. */
export function plainStaticDockerfile(image: string, site: StaticSite): string {
  return dockerfile(staticStage(image, site, copy([site.directory === "" ? "." : site.directory], "/site")));
}

function staticStage(image: string, { singlePage, immutable }: StaticSite, copySite: string): string[] {
  const options = [...(singlePage ? ["--single"] : []), ...immutable.map((prefix) => `--immutable=${prefix}`)];
  return [
    from(image),
    env({ NODE_ENV: "production", PORT: port }),
    copy([staticServerDirectory], "/static-server"),
    copySite,
    "USER node",
    `EXPOSE ${port}`,
    cmd(["node", "/static-server/serve.cjs", "/site", ...options]),
  ];
}

/** In the final stage: the application with its modules, which come from a stage that changes of the code leave alone. */
function applicationFiles(node: NodeBuild): string[] {
  const source =
    node.build === null && separateModules(node)
      ? copy(["."], app, [owned])
      : copy([app], app, ["--from=build", owned]);
  if (node.install === null) return [node.build === null ? copy(["."], app, [owned]) : source];
  if (!separateModules(node)) return [source];
  const stage = node.prune === null ? "dependencies" : "production-dependencies";
  return [copy([modules], modules, [`--from=${stage}`, owned]), source];
}

/** Workspaces have modules in many directories, and an installation that reads everything has them among the rest. */
function separateModules({ installInputs }: NodeBuild): boolean {
  return installInputs !== null && installInputs.workspaces.length === 0;
}

function buildStages(node: NodeBuild, needsManager: boolean): (string | null)[][] {
  const { manager, install, installInputs, build, prune } = node;
  const setup = install !== null || needsManager ? manager.setup : null;
  const base = [
    from(node.buildImage, "base"),
    env(manager.environment),
    setup && run(setup, [cacheMount("/root/.npm")]),
  ];
  if (install === null && build === null) return needsManager ? [base] : [];
  const cache = [cacheMount(manager.cacheDirectory)];
  const stages: (string | null)[][] = [base];
  if (install === null) {
    stages.push([
      from("base", "build"),
      `WORKDIR ${app}`,
      copy(["."], "./"),
      ...declare(node.keys),
      build && run(build),
    ]);
    return stages;
  }
  if (installInputs === null) {
    const steps = [run(install, cache), build && run(build), prune && run(prune, cache)];
    stages.push([
      from("base", "build"),
      `WORKDIR ${app}`,
      copy(["."], "./"),
      ...declare([...node.installKeys, ...node.keys]),
      ...steps,
    ]);
    return stages;
  }
  stages.push([
    from("base", "dependencies"),
    `WORKDIR ${app}`,
    ...copyInputs(installInputs),
    ...declare(node.installKeys),
    run(install, cache),
  ]);
  if (!separateModules(node)) {
    stages.push([from("dependencies", "build"), copy(["."], "./"), ...declare(node.keys), build && run(build)]);
    return stages;
  }
  if (prune !== null) stages.push([from("dependencies", "production-dependencies"), run(prune, cache)]);
  if (build !== null) {
    const mount = `type=bind,from=dependencies,source=${modules},target=${modules},rw`;
    stages.push([
      from("base", "build"),
      `WORKDIR ${app}`,
      copy(["."], "./"),
      ...declare([...node.installKeys, ...node.keys]),
      run(build, [mount]),
    ]);
  }
  return stages;
}

function copyInputs({ files, directories, workspaces }: NonNullable<NodeBuild["installInputs"]>): string[] {
  return [
    copy(files, "./"),
    ...directories.map((directory) => copy([directory], `./${directory}`)),
    ...workspaces.map((manifest) => copy([manifest], `./${manifest}`)),
  ];
}

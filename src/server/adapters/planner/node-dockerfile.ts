/**
 * The Dockerfile of an application on Node.js. Dependencies are a stage of their own, made of the manifests alone: a
 * change elsewhere installs nothing, and the layer of the image that holds them stays the same. The build sees them
 * through a mount, so that they are neither copied for it nor removed after it.
 */
import { cmd, copy, dockerfile, env, from, port } from "./dockerfile-text";
import { app, buildStages, hasSeparateModules, modules, type NodeBuild } from "./node-stages";

export type NodeServer = {
  vector: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** Paths of what the build made that run without node_modules -> path in the image; null: all is copied. */
  standalone: Readonly<Record<string, string>> | null;
};

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

/** The application with its modules, which come from a stage that changes of the code leave alone. */
function applicationFiles(node: NodeBuild): string[] {
  const fromContext = copy(["."], app, [owned]);
  const fromBuild = copy([app], app, ["--from=build", owned]);
  if (node.install === null) return [node.build === null ? fromContext : fromBuild];
  if (!hasSeparateModules(node)) return [fromBuild];
  const stage = node.prune === null ? "dependencies" : "production-dependencies";
  return [copy([modules], modules, [`--from=${stage}`, owned]), node.build === null ? fromContext : fromBuild];
}

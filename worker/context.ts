/** What this process hands to its services: all that the web has, and the ways to Docker, Git and the router. */
import { hostname } from "node:os";
import path from "node:path";
import { createDockerEngine, type DockerEngine } from "@/server/adapters/docker/docker-engine";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { createGit } from "@/server/adapters/git/create-git";
import { createPlanner } from "@/server/adapters/planner/create-planner";
import { createProber } from "@/server/adapters/prober/prober";
import { createBuildSlots } from "@/server/build-slots";
import type { Config } from "@/server/config";
import { createProcessContext, type ProcessContext } from "@/server/container";
import type { WorkerContext } from "@/server/context";

const connections = 16;

export type WorkerProcessContext = WorkerContext & Pick<ProcessContext, "changes" | "close"> & { engine: DockerEngine };

/** Throws where DATABASE_URL or SECRET_KEY is missing. Nothing is connected to yet. */
export function createWorkerContext(config: Config): WorkerProcessContext {
  const context = createProcessContext(config, { name: "worker", connections });
  const { docker, git, edge, instanceId } = config;
  const engine = createDockerEngine({ ...docker, instanceId, log: context.log });
  return {
    ...context,
    engine,
    git: createGit({
      mirrorsDir: git.mirrorsDir,
      allowedPaths: git.allowedPaths,
      homeDir: path.join(config.dataDir, "git-home"),
      inheritedEnvironment: config.inheritedEnvironment,
    }),
    edge: createEdge(edge),
    prober: createProber(),
    planner: createPlanner(),
    holder: `${hostname()}:${process.pid}:${Date.now()}`,
    buildSlots: createBuildSlots(config.deploy.concurrency),
    async close() {
      await engine.close();
      await context.close();
    },
  };
}

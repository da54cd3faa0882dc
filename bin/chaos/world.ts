/** What the chaos run has in its hands: every part of the platform's surroundings, and a way to break each. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { type Dashboard, openDashboard } from "@/testing/dashboard";
import { startTestGitServer, type TestGitServer } from "@/testing/git-server";
import { startInstance, type TestInstance } from "@/testing/instance";
import { instancePid, queryInstance } from "@/testing/instance-internals";
import { createPrivateDocker, type PrivateDocker } from "@/testing/private-docker";
import { startRedisServer, type TestRedis } from "@/testing/redis-server";
import { mountSmallDisk, type SmallDisk } from "@/testing/small-disk";

export type World = {
  docker: PrivateDocker;
  /** Where the Engine keeps images and containers. */
  disk: SmallDisk;
  redis: TestRedis;
  instance: TestInstance;
  git: TestGitServer;
  dashboard: Dashboard;
  router: { host: string; port: number };
  organizationId: string;
  project: { id: string; environmentId: string };
  /** Process id of a part of the platform; null while it is being started again. */
  pidOf(name: "worker" | "edge" | "web" | "postgres"): number | null;
  query<R extends pg.QueryResultRow>(sql: string): Promise<R[]>;
  close(): Promise<void>;
};

const diskMib = 4_096;

/** So that what is warm is gone soon after the last deployment, and a run stays short. */
const settings = {
  HEALTH_TIMEOUT_SECONDS: "20",
  DRAIN_GRACE_SECONDS: "3",
  STOP_GRACE_SECONDS: "2",
  WARM_WINDOW_SECONDS: "10",
  WARM_RELEASES_PER_SERVICE: "1",
  LOG_LEVEL: "info",
};

/** `directory`: a short path, for the Engine's socket. Leaves nothing where it throws. */
export async function openWorld(directory: string, say: (text: string) => void): Promise<World> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const disk = await mountSmallDisk(directory, diskMib);
    closing.push(disk.unmount);
    const docker = createPrivateDocker(directory, path.join(disk.path, "docker"));
    closing.push(docker.destroy);
    await docker.start();
    const redis = await startRedisServer();
    closing.push(redis.kill);
    process.env.DOCKER_HOST = docker.host; // Also for what removes the instance in the end.
    const instance = await startInstance(say, { ...settings, REDIS_URL: redis.url });
    closing.push(instance.destroy);
    const git = await startTestGitServer();
    closing.push(git.close);
    const dashboard = await openDashboard(instance.report.dashboardUrl, instance.owner);
    const { organizations } = await dashboard.api.viewer.get.query();
    const organizationId = organizations[0]?.id ?? "";
    const { id, environments } = await dashboard.api.project.create.mutate({
      organizationId,
      name: "Chaos",
    });
    const { hostname: host, port } = new URL(instance.report.routerUrl);
    const project = { id, environmentId: environments[0]?.id ?? "" };
    const parts = {
      organizationId,
      docker,
      disk,
      redis,
      instance,
      git,
      dashboard,
      router: { host, port: Number(port) },
      project,
    };
    return {
      ...parts,
      pidOf: (name) => instancePid(instance.dataDirectory, name),
      query: (sql) => queryInstance(instance.dataDirectory, sql),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves with the milliseconds that it took until `reached` says yes; rejects after `withinMs`. */
export async function until(what: string, withinMs: number, reached: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await reached().catch(() => false))) {
    if (performance.now() - startedAt > withinMs) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await sleep(50);
  }
  return performance.now() - startedAt;
}

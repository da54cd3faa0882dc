/** What people ask for, and how it must end whatever happens to the workers on the way. */
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { AppError } from "@/domain/errors";
import { healthByPath } from "@/domain/health/health-settings";
import { label } from "@/domain/naming";
import { newId } from "@/server/db/new-id";
import { deployments, strays } from "@/server/db/schema";
import { cancelDeployment } from "@/server/services/deployment/cancel-deployment";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { lookAtInstances } from "@/server/services/instance/look-at-instances";
import { deleteProject } from "@/server/services/project/delete-project";
import { requestCleanup } from "@/server/services/retention/request-cleanup";
import { deleteService } from "@/server/services/service/delete-service";
import { restartService } from "@/server/services/service/restart-service";
import { startService } from "@/server/services/service/start-service";
import { stopService } from "@/server/services/service/stop-service";
import { lookForStrays } from "@/server/services/stray/look-for-strays";
import { requestStrayRemoval } from "@/server/services/stray/request-stray-removal";
import { Life } from "./crash";
import type { FakeEngineOptions } from "./ports/fake-engine-options";
import { runDueJobs } from "./run-jobs";
import type { World, WorldOptions } from "./worker-world";

export type CrashScenario = {
  name: string;
  /** Only a worker that does not die can bring it to its end. */
  needsSuccessor?: true;
  /** Fewer deaths than this would mean that the harness misses some. */
  atLeast: number;
  options?: () => WorldOptions;
  /** What happened before; nobody dies here. */
  arrange?: (world: World) => Promise<unknown>;
  /** What a person asks for. */
  ask: (world: World) => Promise<unknown>;
  /** How it ends. */
  end: object;
};

const run = (which: World) => runDueJobs(which.db, which.worker());
const pushAndDeploy = async (which: World, content: string) => {
  await which.repository.commit({ "server.js": content });
  return which.deploy();
};
const twoReleases = async (which: World) => {
  await which.deploy();
  await run(which);
  await pushAndDeploy(which, "version 2");
  await run(which);
};
/** As if all its deployments were so many days old. */
const inThePast = (which: World, days: number) =>
  which.db.update(deployments).set({
    createdAt: sql`created_at - ${days} * interval '1 day'`,
    finishedAt: sql`finished_at - ${days} * interval '1 day'`,
    retiredAt: sql`retired_at - ${days} * interval '1 day'`,
  });
const rollBackToFirst = async (which: World) => rollbackDeployment(which.web, (await which.deployments())[0]?.id ?? "");
/** The first container there is stays up; every other one ends at once. */
const onlyFirstStays = (): FakeEngineOptions => {
  let first: string | null = null;
  return {
    onStart: ({ name }) => {
      first ??= name;
      return name === first ? {} : { ends: { exitCode: 1 } };
    },
  };
};
const onlyFirstBuilds = (): FakeEngineOptions => {
  let first: string | null = null;
  return {
    onBuild: ({ reference }) => {
      first ??= reference;
      return reference === first ? {} : { outcome: new AppError("build_failed") };
    },
  };
};
const status = (...statuses: string[]) => ({
  deployments: statuses.map((one) => expect.objectContaining({ status: one })),
});

export const crashScenarios: CrashScenario[] = [
  {
    name: "deploying for the first time",
    atLeast: 23,
    options: () => ({ runtime: { replicas: 2, health: healthByPath("/health") } }),
    ask: (one) => one.deploy(),
    end: { ...status("live"), unsupervised: 0 },
  },
  {
    name: "deploying a prebuilt image that has moved",
    atLeast: 20,
    options: () => {
      let pulls = 0;
      const onPull = () => {
        pulls += 1;
        return { digest: pulls === 1 ? "sha256:1" : "sha256:2" };
      };
      return { source: { type: "image", reference: "nginx:1" }, engine: { onPull } };
    },
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => one.deploy(),
    end: {
      deployments: ["nginx:1@sha256:1", "nginx:1@sha256:2"].map((image) => expect.objectContaining({ image })),
      unsupervised: 0,
    },
  },
  {
    name: "replacing a release",
    atLeast: 24,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => pushAndDeploy(one, "version 2"),
    end: { ...status("retired", "live"), unsupervised: 0 },
  },
  {
    name: "deploying the same content again",
    atLeast: 23,
    options: () => ({ settings: { WARM_RELEASES_PER_SERVICE: "0" } }),
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => one.deploy(),
    end: { ...status("retired", "live"), images: [expect.any(String)], containers: [expect.any(String)] },
  },
  {
    name: "deploying something that does not stay up",
    atLeast: 19,
    options: () => ({ engine: onlyFirstStays() }),
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => pushAndDeploy(one, "broken"),
    end: {
      ...status("live", "failed"),
      containers: ["helvetia-#1-0 running"],
      service: { live: "#1", desiredState: "running" },
    },
  },
  {
    name: "a build that fails",
    atLeast: 11,
    options: () => ({ engine: onlyFirstBuilds() }),
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => pushAndDeploy(one, "broken"),
    end: { ...status("live", "failed"), containers: ["helvetia-#1-0 running"], checkouts: [] },
  },
  {
    name: "cancelling in the middle of a build",
    atLeast: 12,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: async (one) => {
      const id = await pushAndDeploy(one, "version 2");
      one.engine.buildImage = async () => {
        if ((await one.deployment(id))?.cancelRequestedAt === null) await cancelDeployment(one.web, id);
        throw new AppError("engine_unavailable");
      };
    },
    end: { ...status("live", "cancelled"), containers: ["helvetia-#1-0 running"], checkouts: [] },
  },
  {
    name: "a router that does not take over",
    atLeast: 25,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
      const confirm = one.edge.confirm.bind(one.edge);
      one.edge.confirm = async (route, ...rest) => {
        if (route.releaseId !== (await one.deployments())[0]?.id) throw new AppError("route_not_applied");
        return confirm(route, ...rest);
      };
    },
    ask: (one) => pushAndDeploy(one, "version 2"),
    end: { ...status("live", "failed"), route: { release: "#1", state: "running", endpoints: 1 } },
  },
  {
    name: "going back to a warm release",
    atLeast: 12,
    arrange: twoReleases,
    ask: rollBackToFirst,
    end: {
      ...status("retired", "retired", "live"),
      unsupervised: 0,
      route: { release: "#1", state: "running", endpoints: 1 },
    },
  },
  {
    name: "going back to a release that is gone",
    atLeast: 19,
    options: () => ({ settings: { WARM_RELEASES_PER_SERVICE: "0" } }),
    arrange: twoReleases,
    ask: rollBackToFirst,
    end: { ...status("retired", "retired", "live"), containers: ["helvetia-#1-0 running"], unsupervised: 0 },
  },
  {
    name: "restarting",
    atLeast: 14,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: (one) => restartService(one.web, one.service.id),
    end: status("retired", "live"),
  },
  {
    name: "cancelling when the containers were started",
    atLeast: 19,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: async (one) => {
      const id = await pushAndDeploy(one, "version 2");
      const ensureContainer = one.engine.ensureContainer.bind(one.engine);
      one.engine.ensureContainer = async (...args) => {
        const state = await ensureContainer(...args);
        if ((await one.deployment(id))?.cancelRequestedAt === null) await cancelDeployment(one.web, id);
        return state;
      };
    },
    end: { ...status("live", "cancelled"), containers: ["helvetia-#1-0 running"] },
  },
  {
    name: "cancelling when traffic moves",
    atLeast: 22,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
    },
    ask: async (one) => {
      const id = await pushAndDeploy(one, "version 2");
      const confirm = one.edge.confirm.bind(one.edge);
      one.edge.confirm = async (route, ...rest) => {
        await confirm(route, ...rest);
        if (route.releaseId === id && (await one.deployment(id))?.cancelRequestedAt === null) {
          await cancelDeployment(one.web, id);
        }
      };
    },
    end: {
      ...status("live", "cancelled"),
      containers: ["helvetia-#1-0 running"],
      route: { release: "#1", state: "running", endpoints: 1 },
    },
  },
  {
    name: "being turned away, since all slots are taken",
    atLeast: 2,
    needsSuccessor: true,
    options: () => ({ mortalSlots: 0 }),
    ask: (one) => one.deploy(),
    end: { ...status("live"), containers: ["helvetia-#1-0 running"] },
  },
  {
    name: "cancelling in the queue, behind another one",
    atLeast: 20,
    ask: async (one) => {
      await one.deploy();
      const second = await pushAndDeploy(one, "version 2");
      await pushAndDeploy(one, "version 3");
      await cancelDeployment(one.web, second);
    },
    end: status("superseded", "cancelled", "live"),
  },
  {
    name: "pushes that pile up",
    atLeast: 27,
    ask: async (one) => {
      for (const content of ["a", "b", "c"]) await pushAndDeploy(one, content);
    },
    end: { ...status("superseded", "superseded", "live"), images: [expect.stringContaining("#3")] },
  },
  {
    name: "stopping",
    atLeast: 12,
    arrange: twoReleases,
    ask: (one) => stopService(one.web, one.service.id),
    end: { containers: ["helvetia-#2-0 exited"], route: { release: null, state: "stopped", endpoints: 0 } },
  },
  {
    name: "starting",
    atLeast: 12,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
      await stopService(one.web, one.service.id);
      await run(one);
    },
    ask: (one) => startService(one.web, one.service.id),
    end: { containers: ["helvetia-#1-0 running"], route: { release: "#1", state: "running", endpoints: 1 } },
  },
  {
    name: "a container that somebody removed",
    atLeast: 9,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
      for (const name of one.engine.containers.keys()) await one.engine.removeContainer(name);
    },
    ask: (one) => lookAtInstances(one.worker(), null),
    end: {
      containers: ["helvetia-#1-0 running"],
      unsupervised: 0,
      route: { release: "#1", state: "running", endpoints: 1 },
      history: ["container_removed", "container_replaced"],
    },
  },
  {
    name: "cleaning up",
    atLeast: 16,
    options: () => ({ settings: { IMAGES_KEPT_PER_SERVICE: "1", BUILD_CACHE_MAX_GB: "1", WARM_WINDOW_SECONDS: "0" } }),
    arrange: async (one) => {
      await twoReleases(one);
      await pushAndDeploy(one, "version 3");
      await run(one);
      await inThePast(one, 30);
      one.engine.buildCache = { totalBytes: 5 * 2 ** 30, unusedBytes: 5 * 2 ** 30 };
    },
    ask: (one) => one.db.transaction((tx) => requestCleanup(tx, one.web, { mode: "clean", trigger: "person" })),
    end: {
      images: [expect.stringContaining("#3")],
      cache: 2 ** 30,
      cleanups: ["clean done"],
      cleaned: [
        "build_cache BuildKit remove too_much removed",
        expect.stringMatching(/^image .*#1 remove expired removed$/),
        expect.stringMatching(/^image .*#2 remove expired removed$/),
      ],
    },
  },
  {
    name: "removing a stray",
    atLeast: 3,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
      const [live] = [...one.engine.containers.values()];
      if (!live) throw new Error("nothing runs");
      const labels = { ...live.spec.labels, [label.service]: newId("service") };
      await one.engine.ensureContainer({ ...live.spec, name: "stray", labels });
      await lookForStrays(one.worker());
    },
    ask: async (one) => {
      const [found] = await one.db.select().from(strays);
      return requestStrayRemoval(one.web, found?.id ?? "");
    },
    end: { containers: ["helvetia-#1-0 running"], strays: [] },
  },
  {
    name: "deleting a service",
    atLeast: 11,
    arrange: twoReleases,
    ask: (one) => deleteService(one.web, { serviceId: one.service.id, confirmation: one.service.name }),
    end: { service: undefined, deployments: [], containers: [], images: [], networks: [], route: undefined },
  },
  {
    name: "deleting a service in the middle of a deployment",
    atLeast: 9,
    arrange: async (one) => {
      await one.deploy();
      await run(one);
      await pushAndDeploy(one, "version 2");
      const dying = new Life({ effects: 12 });
      await runDueJobs(one.db, one.worker(dying)).catch(() => undefined);
      await one.lapseLeases();
    },
    ask: (one) => deleteService(one.web, { serviceId: one.service.id, confirmation: one.service.name }),
    end: { service: undefined, containers: [], images: [], networks: [], route: undefined, checkouts: [] },
  },
  {
    name: "deleting a project",
    atLeast: 13,
    arrange: twoReleases,
    ask: (one) => deleteProject(one.web, { projectId: one.project.id, confirmation: one.project.name }),
    end: { projects: 0, environments: 0, service: undefined, containers: [], images: [], networks: [] },
  },
];

/**
 * A world for tests of the worker: a service whose code is in a fake Git, fakes of Engine, router and prober that outlive
 * every worker, and workers on the real database, as many and as mortal as the test wants.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import type { RuntimeSettings, ServiceSource } from "@/domain/plan/types";
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { createBuildSlots } from "@/server/build-slots";
import { readConfig } from "@/server/config";
import type { OrganizationContext, WorkerContext } from "@/server/context";
import type { Db } from "@/server/db/client";
import { deployments, leases, services } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import type { Git } from "@/server/ports";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { type Life, mortalDb, mortalPort } from "./crash";
import type { TestDatabase } from "./database";
import { defaultRuntime, makeOrganization, makeProject, makeService, testCipher } from "./factories";
import { createFakeEdge } from "./ports/fake-edge";
import { FakeEngine } from "./ports/fake-engine";
import type { FakeEngineOptions } from "./ports/fake-engine-options";
import { createFakeGit } from "./ports/fake-git";
import { createFakePlanner } from "./ports/fake-planner";
import { createFakeProber } from "./ports/fake-prober";

export type WorldOptions = {
  engine?: FakeEngineOptions;
  runtime?: Partial<RuntimeSettings>;
  source?: ServiceSource;
  /** Settings of the configuration, by their names in the environment. */
  settings?: Record<string, string>;
  changes?: WorkerContext["changes"];
  /** Build slots of workers with a life; default: as configured. */
  mortalSlots?: number;
};

const quickSettings = {
  HEALTH_TIMEOUT_SECONDS: "1",
  ROUTE_TIMEOUT_SECONDS: "1",
  DRAIN_GRACE_SECONDS: "0",
  STOP_GRACE_SECONDS: "0",
  STATUS_LOCK_TTL_MS: "60000",
  // How full this machine is is no part of a test.
  DISK_CLEAN_AT: "0GB",
  DISK_REFUSE_BUILDS_AT: "0GB",
};

const noChanges: WorkerContext["changes"] = { onEvent: () => () => undefined, onResync: () => () => undefined };

/** The time, but never the same twice: what happens in one millisecond has an order too. */
function everLater(): () => Date {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Date.now());
    return new Date(last);
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(database: TestDatabase, options: WorldOptions = {}) {
  const { db, url } = database;
  const dataDir = await mkdtemp(path.join(tmpdir(), "helvetia-world-"));
  const { config } = readConfig({ ...quickSettings, HELVETIA_DATA_DIR: dataDir, ...options.settings });
  // One world at a time: what an earlier one left is not this one's.
  await db.execute(sql`delete from graphile_worker._private_jobs`);
  await db.execute(sql`truncate projects, leases, log_chunks, log_sources, instance_facts, cleanups, strays cascade`);

  const ports = {
    engine: new FakeEngine({ now: everLater(), ...options.engine }),
    edge: createFakeEdge(),
    git: createFakeGit(),
    prober: createFakeProber(),
    planner: createFakePlanner(),
  };
  const repository = ports.git.createRepository(`https://git.example.com/${path.basename(dataDir)}.git`);
  await repository.commit({ "server.js": "version 1" });

  const organization = await makeOrganization(db);
  const place = await makeProject(db, organization.id);
  const service = await makeService(db, place, {
    source: options.source ?? { type: "git", url: repository.url, branch: "main", rootDirectory: "" },
    runtime: { ...defaultRuntime, ...options.runtime },
  });

  const base = {
    config,
    log: createLogger("test", "silent"),
    clock: { now: () => new Date() },
    cache: createMemoryCache(),
    cipher: testCipher,
    changes: options.changes ?? noChanges,
  };
  const web: OrganizationContext = {
    ...base,
    db,
    actor: { type: "system", reason: "test" },
    organizationId: organization.id,
  };
  const mortalClients: Db[] = [];
  let workers = 0;

  return {
    ...ports,
    ...place,
    config,
    db,
    repository,
    service,
    web,

    /** A new worker; with a life it dies when that is over. */
    worker(life?: Life): WorkerContext {
      workers += 1;
      const holder = `worker-${workers}`;
      const slots = life ? (options.mortalSlots ?? config.deploy.concurrency) : config.deploy.concurrency;
      const buildSlots = createBuildSlots(slots);
      if (!life) return { ...base, ...ports, db, holder, buildSlots };
      const mortal = mortalDb(url, life);
      mortalClients.push(mortal);
      return { ...base, ...mortalPorts(ports, life), db: mortal, holder, buildSlots };
    },

    /** Queues a deployment as a person does. Returns its id. */
    deploy: async () => (await createDeployment(web, { serviceId: service.id, trigger: "manual" })).id,

    deployment: async (id: string) => (await db.select().from(deployments).where(eq(deployments.id, id)))[0],

    deployments: () =>
      db.select().from(deployments).where(eq(deployments.serviceId, service.id)).orderBy(deployments.number),

    serviceRow: async () => (await db.select().from(services).where(eq(services.id, service.id)))[0],

    /** As if as much time had passed since the last worker died that its leases are over. */
    lapseLeases: () => db.update(leases).set({ expiresAt: sql`clock_timestamp()` }),

    async tearDown() {
      await Promise.all(mortalClients.splice(0).map((client) => client.$client.end()));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Ports = Pick<WorkerContext, "engine" | "git" | "edge" | "prober" | "planner">;

const changingEngine = [
  ...(["pullImage", "buildImage", "removeImage", "pruneBuildCache", "ensureNetwork", "removeNetwork"] as const),
  ...(["ensureContainer", "superviseContainer", "stopContainer", "removeContainer"] as const),
];
const changingGit: (keyof Git)[] = ["fetch", "checkout", "removeMirror"];

function mortalPorts(ports: Ports, life: Life): Ports {
  return {
    engine: mortalPort("engine", ports.engine, changingEngine, life),
    git: mortalPort("git", ports.git, changingGit, life),
    edge: mortalPort("edge", ports.edge, ["publish", "unpublish", "confirm", "cut"], life),
    prober: mortalPort("prober", ports.prober, [], life),
    planner: mortalPort("planner", ports.planner, ["plan"], life),
  };
}

/**
 * A world of real parts for tests of the worker: PostgreSQL, a Docker Engine, Git over HTTP, the embedded router. Workers
 * live in the test's own process, so that their parts can be taken away one by one; each has its own way to the Engine.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { DeploymentStatus } from "@/domain/deployment/status";
import { healthByPath } from "@/domain/health/health-settings";
import type { RuntimeSettings, ServiceSource } from "@/domain/plan/types";
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { createDockerEngine } from "@/server/adapters/docker/docker-engine";
import { createEdge } from "@/server/adapters/edge/create-edge";
import { createGit } from "@/server/adapters/git/create-git";
import { createPlanner } from "@/server/adapters/planner/create-planner";
import { createProber } from "@/server/adapters/prober/prober";
import { createBuildSlots } from "@/server/build-slots";
import { readConfig } from "@/server/config";
import type { OrganizationContext, WorkerContext } from "@/server/context";
import { createListenHub } from "@/server/db/listen";
import { deployments, logChunks } from "@/server/db/schema";
import { startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { createTestDatabase } from "./database";
import { createTestEngine } from "./docker";
import { defaultRuntime, makeOrganization, makeProject, makeService, testCipher, testSecretKey } from "./factories";
import { type Files, startTestGitServer, testInheritedEnvironment } from "./git-server";
import { runDueJobs } from "./run-jobs";

export type RealWorld = Awaited<ReturnType<typeof createRealWorld>>;
export type RealService = Awaited<ReturnType<RealWorld["service"]>>;

/** A server that answers with its version, of nothing but what a closed network has. `extra`: further build steps. */
export function serverFiles(version: string, extra = ""): Files {
  return {
    Dockerfile: `FROM busybox:1.36
COPY version /www/index.html
${extra}
USER 1000
CMD ["sh", "-c", "exec httpd -f -p $PORT -h /www"]
`,
    version,
  };
}

/** `settings`: by their names in the environment. `dataDir`: a directory that is there; absent: a temporary one. */
export async function createRealWorld(options: { settings?: Record<string, string>; dataDir?: string } = {}) {
  const database = await createTestDatabase();
  const { db } = database;
  const docker = createTestEngine();
  const git = await startTestGitServer();
  const directory = await mkdtemp(path.join(tmpdir(), "helvetia-real-"));
  const dataDir = options.dataDir ?? directory;
  const log = createLogger("test", "silent");
  const routesDir = path.join(directory, "routes");
  const router = await startRouter({ host: "127.0.0.1", port: 0, apiPort: 0, routesDir, trustedProxies: [], log });
  const base = {
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey.reveal(),
    HELVETIA_DATA_DIR: dataDir,
    ROUTES_DIR: routesDir,
    INSTANCE_ID: docker.prefix,
    NETWORK_POOL: `10.${220 + ((randomBytes(1)[0] ?? 0) % 35)}.0.0/16`,
    EDGE_API_URL: `http://127.0.0.1:${router.apiPort}`,
    STOP_GRACE_SECONDS: "1",
    DRAIN_GRACE_SECONDS: "2",
    HEALTH_TIMEOUT_SECONDS: "30",
    ...options.settings,
  };
  const { config } = readConfig(base);
  if (config.databaseUrl === null) throw new Error("no database");
  const changes = createListenHub(config.databaseUrl, "test", log);
  await changes.ready;
  const organization = await makeOrganization(db);
  const place = await makeProject(db, organization.id);
  const common = { db, log, clock: { now: () => new Date() }, cache: createMemoryCache(), cipher: testCipher, changes };
  const web: OrganizationContext = {
    ...common,
    config,
    actor: { type: "system", reason: "test" },
    organizationId: organization.id,
  };
  const engines: { close(): Promise<void> }[] = [];
  let workers = 0;

  const row = async (id: string) => (await db.select().from(deployments).where(eq(deployments.id, id)))[0];

  return {
    ...{ database, db, docker, git, router, directory, config, changes, web, organization, place },
    /** As a worker's process takes them. */
    settings: base,

    /** A worker with parts of its own. `settings` are laid over the world's. */
    worker(settings: Record<string, string> = {}): WorkerContext {
      workers += 1;
      const own = readConfig({ ...base, ...settings }).config;
      const engine = createDockerEngine({ ...own.docker, instanceId: own.instanceId, log });
      engines.push(engine);
      return {
        ...common,
        config: own,
        engine,
        git: createGit({
          mirrorsDir: own.git.mirrorsDir,
          allowedPaths: [],
          homeDir: path.join(own.dataDir, "git-home"),
          inheritedEnvironment: testInheritedEnvironment,
        }),
        edge: createEdge(own.edge),
        prober: createProber(),
        planner: createPlanner(),
        holder: `worker-${workers}`,
        buildSlots: createBuildSlots(own.deploy.concurrency),
      };
    },

    /** A service of a repository of its own, with these files; or of another source. */
    async service(from: Files | ServiceSource, runtime: Partial<RuntimeSettings> = {}) {
      const isSource = (value: Files | ServiceSource): value is ServiceSource => typeof value.type === "string";
      const repository = await git.createRepository(`app-${randomBytes(4).toString("hex")}`);
      if (!isSource(from)) await repository.commit(from);
      const source: ServiceSource = isSource(from)
        ? from
        : { type: "git", url: repository.url, branch: "main", rootDirectory: "" };
      const service = await makeService(db, place, {
        source,
        runtime: { ...defaultRuntime, health: healthByPath("/"), memoryMib: 64, ...runtime },
      });
      const deploy = async () => (await createDeployment(web, { serviceId: service.id, trigger: "manual" })).id;
      return { ...service, repository, deploy };
    },

    /** Lets a worker do what is due, to its end. */
    run: (worker: WorkerContext, signal?: AbortSignal) => runDueJobs(db, worker, signal),

    row,
    status: async (id: string) => (await row(id))?.status,

    until: (id: string, status: DeploymentStatus, timeout = 60_000) =>
      expect.poll(async () => (await row(id))?.status, { timeout, interval: 10 }).toBe(status),

    async buildLog(id: string): Promise<string> {
      const chunks = await db.select().from(logChunks).where(eq(logChunks.sourceId, id)).orderBy(logChunks.firstOffset);
      return chunks.flatMap((chunk) => chunk.lines.map((line) => line.x)).join("\n");
    },

    /** "200 version" as the router answers for the service. */
    visit: (service: { platformHost: string }) =>
      new Promise<string>((resolve, reject) => {
        const headers = { host: service.platformHost };
        request({ host: "127.0.0.1", port: router.port, headers }, (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
          response.on("end", () => resolve(`${response.statusCode} ${body.trim()}`));
        })
          .on("error", reject)
          .end();
      }),

    /** Names of the containers of this world, whoever they are for. */
    containers: async () => (await docker.engine.listContainers(docker.labels)).map(({ name }) => name).sort(),

    /** Checkouts that lie about. */
    checkouts: () => readdir(config.buildsDir).catch((): string[] => []),

    async tearDown() {
      await Promise.all(engines.map((engine) => engine.close()));
      await docker.tearDown();
      await router.stop(0);
      await git.close();
      await changes.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The whole way of a commit on real parts: PostgreSQL, Docker, Git over HTTP, the router, and the worker as a process. */

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { healthByPath } from "@/domain/health/health-settings";
import { label } from "@/domain/naming";
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { readConfig } from "@/server/config";
import type { OrganizationContext } from "@/server/context";
import { deployments, logChunks, services } from "@/server/db/schema";
import { type RunningRouter, startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { rollbackDeployment } from "@/server/services/deployment/rollback-deployment";
import { deleteService } from "@/server/services/service/delete-service";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import {
  defaultRuntime,
  makeOrganization,
  makeProject,
  makeService,
  testCipher,
  testSecretKey,
} from "@/testing/factories";
import { startTestGitServer, type TestGitServer, type TestRepository } from "@/testing/git-server";
import { startWorkerProcess, type WorkerProcess } from "@/testing/worker-process";

/** In every build command, since a layer that an earlier run of this test left in the Engine's cache takes no time. */
const thisRun = randomBytes(6).toString("hex");

/** A server that says which version it is, of nothing but what a closed network has. */
const files = (version: string, build = "true") => ({
  Dockerfile: `FROM busybox:1.36\nCOPY version /www/index.html\nRUN echo building ${version} in ${thisRun} && ${build}\nUSER 1000\nCMD ["sh", "-c", "echo serving ${version}; exec httpd -f -p $PORT -h /www"]\n`,
  version,
});

describeWithDatabase("the worker's process", () => {
  describeWithDocker("on a real Engine", () => {
    let database: TestDatabase;
    let docker: TestEngine;
    let git: TestGitServer;
    let router: RunningRouter;
    let dataDir: string;
    let web: OrganizationContext;
    let repository: TestRepository;
    let service: Awaited<ReturnType<typeof makeService>>;
    let settings: Record<string, string>;
    const workers: WorkerProcess[] = [];

    beforeAll(async () => {
      database = await createTestDatabase();
      docker = createTestEngine();
      git = await startTestGitServer();
      dataDir = await mkdtemp(path.join(tmpdir(), "helvetia-worker-"));
      const routesDir = path.join(dataDir, "routes");
      const log = createLogger("test", "silent");
      router = await startRouter({ host: "127.0.0.1", port: 0, apiPort: 0, routesDir, trustedProxies: [], log });
      settings = {
        DATABASE_URL: database.url,
        SECRET_KEY: testSecretKey.reveal(),
        HELVETIA_DATA_DIR: dataDir,
        INSTANCE_ID: docker.prefix,
        NETWORK_POOL: `10.${240 + (process.pid % 15)}.0.0/16`,
        EDGE_API_URL: `http://127.0.0.1:${router.apiPort}`,
        STATUS_LOCK_TTL_MS: "3000",
        STOP_GRACE_SECONDS: "1",
      };
      const { config } = readConfig(settings);
      const organization = await makeOrganization(database.db);
      const place = await makeProject(database.db, organization.id);
      repository = await git.createRepository("app");
      const source = { type: "git" as const, url: repository.url, branch: "main", rootDirectory: "" };
      service = await makeService(database.db, place, {
        source,
        runtime: { ...defaultRuntime, health: healthByPath("/") },
      });
      web = {
        config,
        db: database.db,
        log,
        clock: { now: () => new Date() },
        cache: createMemoryCache(),
        cipher: testCipher,
        changes: { onEvent: () => () => undefined, onResync: () => () => undefined },
        actor: { type: "system", reason: "test" },
        organizationId: organization.id,
      };
    });
    afterEach(async () => {
      for (const worker of workers.splice(0)) await worker.end("SIGKILL");
    });
    afterAll(async () => {
      await docker.tearDown();
      await router.stop(0);
      await git.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });

    async function startWorker(): Promise<WorkerProcess> {
      const worker = await startWorkerProcess(settings);
      workers.push(worker);
      return worker;
    }
    const deploy = async () =>
      (await createDeployment(web, { serviceId: service.id, trigger: "manual", commitSha: null })).id;
    const row = async (id: string) => (await database.db.select().from(deployments).where(eq(deployments.id, id)))[0];
    const until = (id: string, status: string) =>
      expect.poll(async () => (await row(id))?.status, { timeout: 60_000, interval: 10 }).toBe(status);
    const logOf = async (id: string) => {
      const chunks = await database.db.select().from(logChunks).where(eq(logChunks.sourceId, id));
      return chunks.flatMap((chunk) => chunk.lines.map((line) => line.x)).join("\n");
    };
    const visit = () =>
      new Promise<string>((resolve, reject) => {
        const headers = { host: service.platformHost };
        const call = request({ host: "127.0.0.1", port: router.port, headers }, (response) => {
          let body = "";
          response.on("data", (chunk) => (body += chunk));
          response.on("end", () => resolve(`${response.statusCode} ${body}`));
        });
        call.on("error", reject).end();
      });

    it("brings a commit to its address, and goes back in a moment", async () => {
      await startWorker();
      await repository.commit(files("one"));
      const first = await deploy();
      await until(first, "live");
      expect(await visit()).toBe("200 one");
      expect(await logOf(first)).toMatch(/building one[\s\S]*Live\./);
      await expect.poll(() => logOf(first), { timeout: 10_000 }).toContain("serving one");

      await repository.commit(files("two"));
      const second = await deploy();
      await until(second, "live");
      expect(await visit()).toBe("200 two");

      const asked = performance.now();
      const back = await rollbackDeployment(web, first);
      await until(back.id, "live");
      process.stdout.write(`rollback to a warm release: ${Math.round(performance.now() - asked)} ms\n`);
      expect(await visit()).toBe("200 one");
    });

    it("killed in the middle of a build, the next one brings the deployment to its end", async () => {
      const doomed = await startWorker();
      await repository.commit(files("three", "sleep 4"));
      const id = await deploy();
      await until(id, "building");
      await expect.poll(() => logOf(id), { timeout: 30_000 }).toContain("building three");
      await doomed.end("SIGKILL");
      expect((await row(id))?.status).toBe("building");
      expect(await visit()).toBe("200 one");
      const killed = performance.now();
      await startWorker();
      await until(id, "live");
      process.stdout.write(`after a kill -9 live in ${Math.round(performance.now() - killed)} ms\n`);
      expect(await visit()).toBe("200 three");
      expect(await logOf(id)).toContain("carrying on");
    });

    it("told to stop, it ends in seconds and the deployment waits for the next worker", async () => {
      const stopped = await startWorker();
      await repository.commit(files("four", "sleep 5"));
      const id = await deploy();
      await expect.poll(() => logOf(id), { timeout: 30_000 }).toContain("building four");
      const asked = performance.now();
      expect(await stopped.end("SIGTERM")).toBe(0);
      expect(performance.now() - asked).toBeLessThan(5_000);
      expect(await row(id)).toMatchObject({ status: "building", error: null });
      await startWorker();
      await until(id, "live");
      expect(await visit()).toBe("200 four");
    });

    it("deletes all that a service made", async () => {
      await startWorker();
      await deleteService(web, { serviceId: service.id, confirmation: service.name });
      await expect
        .poll(() => database.db.select().from(services).where(eq(services.id, service.id)), { timeout: 30_000 })
        .toEqual([]);
      const own = { [label.instance]: docker.prefix };
      expect(await docker.engine.listContainers(own)).toEqual([]);
      expect(await docker.engine.listNetworks(own)).toEqual([]);
      expect(await docker.engine.listImages(own)).toEqual([]);
      expect(await visit()).toMatch(/^404/);
    });
  });
});

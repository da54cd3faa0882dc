/**
 * A release that is healthy and then fails, on real parts: PostgreSQL, Docker, Git over HTTP, the router, and the worker
 * as a process. Nobody does anything about it but the guard.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultGuard } from "@/domain/guard/guard-settings";
import { healthByPath } from "@/domain/health/health-settings";
import { label } from "@/domain/naming";
import { createMemoryCache } from "@/server/adapters/cache/memory-cache";
import { readConfig } from "@/server/config";
import type { OrganizationContext } from "@/server/context";
import { deployments, logChunks, serviceEvents, services, trafficSwitches } from "@/server/db/schema";
import { type RunningRouter, startRouter } from "@/server/edge-router/start-router";
import { createLogger } from "@/server/log";
import { createDeployment } from "@/server/services/deployment/create-deployment";
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

/** Healthy at /health at once; everything else answers with the status. `then`: what its process does after a moment. */
const files = (status: string, then: string) => ({
  Dockerfile: [
    "FROM busybox:1.36",
    "COPY www /www",
    "USER 1000",
    `CMD ["sh", "-c", "httpd -f -p $PORT -h /www & ${then}"]`,
  ].join("\n"),
  "www/health": "well",
  "www/cgi-bin/app": {
    content: `#!/bin/sh\nprintf 'Status: ${status}\\r\\nContent-Type: text/plain\\r\\n\\r\\nhello'\n`,
    mode: "100755" as const,
  },
});

describeWithDatabase("the guard after a switch", () => {
  describeWithDocker("on a real Engine", () => {
    let database: TestDatabase;
    let docker: TestEngine;
    let git: TestGitServer;
    let router: RunningRouter;
    let dataDir: string;
    let web: OrganizationContext;
    let repository: TestRepository;
    let service: Awaited<ReturnType<typeof makeService>>;
    let worker: WorkerProcess;

    beforeAll(async () => {
      database = await createTestDatabase();
      docker = createTestEngine();
      git = await startTestGitServer();
      dataDir = await mkdtemp(path.join(tmpdir(), "helvetia-guard-"));
      const routesDir = path.join(dataDir, "routes");
      const log = createLogger("test", "silent");
      router = await startRouter({ host: "127.0.0.1", port: 0, apiPort: 0, routesDir, trustedProxies: [], log });
      const settings = {
        DATABASE_URL: database.url,
        SECRET_KEY: testSecretKey.reveal(),
        HELVETIA_DATA_DIR: dataDir,
        INSTANCE_ID: docker.prefix,
        NETWORK_POOL: `10.${240 + (process.pid % 15)}.0.0/16`,
        EDGE_API_URL: `http://127.0.0.1:${router.apiPort}`,
        STATUS_LOCK_TTL_MS: "3000",
        STOP_GRACE_SECONDS: "1",
      };
      const organization = await makeOrganization(database.db);
      const place = await makeProject(database.db, organization.id);
      repository = await git.createRepository("app");
      service = await makeService(database.db, place, {
        source: { type: "git" as const, url: repository.url, branch: "main", rootDirectory: "" },
        runtime: { ...defaultRuntime, health: healthByPath("/health") },
        guard: { ...defaultGuard, minRequests: 20 },
      });
      web = {
        config: readConfig(settings).config,
        db: database.db,
        log,
        clock: { now: () => new Date() },
        cache: createMemoryCache(),
        cipher: testCipher,
        changes: { onEvent: () => () => undefined, onResync: () => () => undefined },
        actor: { type: "system", reason: "test" },
        organizationId: organization.id,
      };
      worker = await startWorkerProcess(settings);
    });
    afterAll(async () => {
      await worker.end("SIGKILL");
      await docker.tearDown();
      await router.stop(0);
      await git.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });

    const row = async (id: string) => (await database.db.select().from(deployments).where(eq(deployments.id, id)))[0];
    const all = () => database.db.select().from(deployments).where(eq(deployments.serviceId, service.id));
    const live = async () => {
      const [found] = await database.db.select().from(services).where(eq(services.id, service.id));
      return row(found?.liveDeploymentId ?? "");
    };
    const switchOf = async (id: string) =>
      (await database.db.select().from(trafficSwitches).where(eq(trafficSwitches.deploymentId, id)))[0];
    const deploy = async (status: string, then = "wait") => {
      await repository.commit(files(status, then));
      const { id } = await createDeployment(web, { serviceId: service.id, trigger: "manual", commitSha: null });
      const isOver = async () => {
        const { liveAt, error } = (await row(id)) ?? {};
        return liveAt ? "live" : error;
      };
      await expect.poll(isOver, { timeout: 60_000, interval: 10 }).toBeTruthy();
      expect(await isOver()).toBe("live");
      return id;
    };
    const visit = () =>
      new Promise<number>((resolve, reject) => {
        const options = { host: "127.0.0.1", port: router.port, path: "/cgi-bin/app", agent: false };
        const call = request({ ...options, headers: { host: service.platformHost } }, (response) => {
          response.resume().once("end", () => resolve(response.statusCode ?? 0));
        });
        call.on("error", reject).end();
      });
    /** Asks again and again until the live deployment is one that the guard made; returns the statuses. */
    const visitUntilBack = async () => {
      const statuses: number[] = [];
      const deadline = performance.now() + 90_000;
      while (performance.now() < deadline) {
        if ((await live())?.trigger === "guard") return statuses;
        statuses.push(await visit());
        await sleep(50);
      }
      throw new Error(`nobody went back; answers: ${statuses.length}`);
    };

    it("goes back from a version that fails under load, and says why, with what was counted", async () => {
      const good = await deploy("200 OK");
      for (let count = 0; count < 40; count += 1) expect(await visit()).toBe(200);
      const bad = await deploy("500 Broken");
      const statuses = await visitUntilBack();
      const failed = statuses.filter((status) => status === 500).length;
      expect(await visit()).toBe(200);

      const back = await live();
      expect(back).toMatchObject({ trigger: "guard", rollbackOfId: good, releaseId: good, createdByUserId: null });
      expect(back?.reason).toMatch(
        /^\d+ of \d+ requests failed \(100 %\); before the switch it was 0 of 40 \(0 %\)\. Allowed is 10 % more\.$/,
      );
      expect((await switchOf(bad))?.verdict).toMatchObject({
        type: "tripped",
        cause: "errors",
        deploymentId: back?.id,
      });
      const events = await database.db.select().from(serviceEvents).where(eq(serviceEvents.serviceId, service.id));
      expect(events.filter(({ kind }) => kind === "rolled_back")).toMatchObject([
        { details: { fromDeploymentId: bad, toDeploymentId: good, deploymentId: back?.id, reason: back?.reason } },
      ]);

      // What the receipt says is what this test was answered, to the request.
      await expect.poll(async () => (await switchOf(bad))?.settledAt, { timeout: 30_000 }).toBeInstanceOf(Date);
      const receipt = (await switchOf(bad))?.traffic;
      expect(receipt).toMatchObject({ before: { requests: 40, failed: 0 }, after: { failed, unanswered: 0 } });
      process.stdout.write(`rolled back after ${failed} failed requests: ${back?.reason}\n`);
    });

    it("goes back from a version that crashes again and again, keeps what it said, and no container of it", async () => {
      const crashing = await deploy("200 OK", "sleep 2; echo panic: out of cheese; exit 7");
      await expect.poll(async () => (await live())?.trigger, { timeout: 60_000, interval: 100 }).toBe("guard");
      expect((await live())?.reason).toMatch(/^A replica was restarted [3-9] times within \d+ s after it went live\.$/);
      expect((await switchOf(crashing))?.verdict).toMatchObject({ type: "tripped", cause: "crash_loop" });
      expect(await visit()).toBe(200);

      const own = { [label.instance]: docker.prefix, [label.release]: crashing };
      await expect.poll(() => docker.engine.listContainers(own), { timeout: 30_000 }).toEqual([]);
      const chunks = await database.db.select().from(logChunks).where(eq(logChunks.sourceId, crashing));
      const lines = chunks.flatMap((chunk) => chunk.lines.map((line) => line.x));
      expect(lines.filter((line) => line.includes("out of cheese")).length).toBeGreaterThanOrEqual(3);
      expect((await all()).filter(({ trigger }) => trigger === "guard")).toHaveLength(2);
    });
  });
});

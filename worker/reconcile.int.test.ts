/**
 * The world comes back to what the rows say, with nobody doing anything about it: on real parts, and with a worker as a
 * process.
 */
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { label, networkName } from "@/domain/naming";
import { newId } from "@/server/db/new-id";
import { serviceEvents, strays } from "@/server/db/schema";
import { requestStrayRemoval } from "@/server/services/stray/request-stray-removal";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { createRealWorld, type RealService, type RealWorld, serverFiles } from "@/testing/real-world";
import { startWorkerProcess, type WorkerProcess } from "@/testing/worker-process";

const soon = { timeout: 45_000, interval: 50 };

describeWithDatabase("reconciliation", () => {
  describeWithDocker("on a real Engine", () => {
    let world: RealWorld;
    let worker: WorkerProcess;
    let service: RealService;

    beforeAll(async () => {
      world = await createRealWorld({ settings: { STATUS_LOCK_TTL_MS: "3000" } });
      worker = await startWorkerProcess(world.settings);
      service = await world.service(serverFiles("one"));
    });
    afterAll(async () => {
      await worker?.end("SIGTERM");
      await world?.tearDown();
    });

    const kinds = async () => {
      const rows = await world.db
        .select()
        .from(serviceEvents)
        .where(eq(serviceEvents.serviceId, service.id))
        .orderBy(asc(serviceEvents.at));
      return rows.map((row) => row.kind);
    };

    it("a container that somebody removed comes back and serves, and its history says what happened", async () => {
      await world.until(await service.deploy(), "live");
      expect(await world.visit(service)).toBe("200 one");
      const [container = ""] = await world.containers();
      const before = await world.docker.engine.findContainer(container);
      await world.docker.engine.removeContainer(container);
      const removedAt = performance.now();
      await expect.poll(kinds, soon).toContain("container_replaced");
      await expect.poll(() => world.visit(service), soon).toBe("200 one");
      process.stdout.write(`serves again ${Math.round(performance.now() - removedAt)} ms after its removal\n`);
      const after = await world.docker.engine.findContainer(container);
      expect(after?.containerId).not.toBe(before?.containerId);
      expect((await kinds()).sort()).toEqual(["container_removed", "container_replaced", "exited"]);
    });

    it("what no row knows is named and left alone, and goes when somebody says so", async () => {
      const { engine, prefix, labels } = world.docker;
      const [container = ""] = await world.containers();
      const own = await engine.findContainer(container);
      await engine.ensureContainer({
        ...{ name: `${prefix}-stray`, image: "busybox:1.36", command: ["sleep", "600"], env: {}, port: 3000 },
        ...{ network: networkName(service.environmentId), networkAliases: [], stopGraceSeconds: 0 },
        ...{ memoryMib: 16, cpuMillis: 100, pidsLimit: 16, readOnlyRoot: false, healthcheck: null },
        labels: { ...own?.labels, ...labels, [label.service]: newId("service") },
      });
      const named = () => world.db.select().from(strays);
      await expect
        .poll(named, soon)
        .toMatchObject([{ kind: "container", name: `${prefix}-stray`, reason: "unknown_service" }]);
      expect(await world.containers()).toContain(`${prefix}-stray`);
      const [stray] = await named();
      await requestStrayRemoval(world.web, stray?.id ?? "");
      await expect.poll(world.containers, soon).toEqual([container]);
      await expect.poll(named, soon).toEqual([]);
      expect(await world.visit(service)).toBe("200 one");
    });
  });
});

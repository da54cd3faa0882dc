/**
 * Docker is restarted, and the machine is: on a Docker Engine of the test's own, in a network namespace of its own, with a
 * worker as a process. Nobody does anything, and every service comes back. Needs Linux, root, dockerd and iproute2.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Dockerode from "dockerode";
import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { label } from "@/domain/naming";
import { instances, serviceEvents } from "@/server/db/schema";
import { getPlatform } from "@/server/services/platform/get-platform";
import { getService } from "@/server/services/service/get-service";
import { startService } from "@/server/services/service/start-service";
import { stopService } from "@/server/services/service/stop-service";
import { describeWithDatabase } from "@/testing/database";
import { describeAsRoot } from "@/testing/describe-as-root";
import { createNetworkNamespace, type NetworkNamespace } from "@/testing/network-namespace";
import { createPrivateDocker, type PrivateDocker, withoutNetwork } from "@/testing/private-docker";
import { createRealWorld, type RealService, type RealWorld, serverFiles } from "@/testing/real-world";
import { startWorkerProcess, type WorkerProcess } from "@/testing/worker-process";

const soon = { timeout: 90_000, interval: 50 };
const tcpPort = 2375;

describeWithDatabase("services after a restart", () => {
  describeAsRoot("of an Engine of the test's own", () => {
    let namespace: NetworkNamespace;
    let docker: PrivateDocker;
    let directory: string;
    let world: RealWorld;
    let worker: WorkerProcess | null = null;
    let single: RealService;
    let double: RealService;
    let stopped: RealService;

    beforeAll(async () => {
      directory = await mkdtemp(path.join(tmpdir(), "engine-"));
      namespace = await createNetworkNamespace();
      const host = `tcp://${namespace.address}:${tcpPort}`;
      const flags = [...withoutNetwork, "--host", host, "--tls=false"];
      docker = createPrivateDocker(directory, path.join(directory, "docker"), flags, namespace.enter);
      await docker.start();
      world = await createRealWorld({
        settings: { DOCKER_HOST: host, CONTAINER_ADDRESSING: "bridge", STATUS_LOCK_TTL_MS: "3000" },
      });
      await namespace.reach(world.config.docker.networkPool);
      worker = await startWorkerProcess(world.settings);
      single = await world.service(serverFiles("single"));
      double = await world.service(serverFiles("double"), { replicas: 2 });
      stopped = await world.service(serverFiles("stopped"));
    });
    afterEach(({ task }) => {
      if (task.result?.state === "fail") process.stderr.write(worker?.output().slice(-8_000) ?? "");
    });
    afterAll(async () => {
      await worker?.end("SIGTERM");
      await world?.tearDown();
      await docker?.destroy();
      await namespace?.remove();
      await rm(directory, { recursive: true, force: true });
    });

    const client = () => new Dockerode({ protocol: "http", host: namespace.address, port: tcpPort });
    const unreachable = async () => (await getPlatform(world.web)).engineUnreachableSince !== null;
    const health = async (service: RealService) => (await getService(world.web, service.id)).health;
    const healths = () => Promise.all([single, double, stopped].map(health));
    const visits = () => Promise.all([single, double].map((one) => world.visit(one).catch(String)));
    const addresses = async () => {
      const rows = await world.db.select().from(instances).orderBy(asc(instances.name));
      return rows.map((row) => row.address);
    };
    const starts = async (service: RealService) => {
      const rows = await world.db.select().from(serviceEvents).where(eq(serviceEvents.serviceId, service.id));
      return rows.filter((row) => row.kind === "restarted").length;
    };
    /** Every replica answers, whichever the router asks; and the rows say of each where it is. */
    async function expectAllBack(since: number, what: string): Promise<void> {
      await expect.poll(visits, soon).toEqual(["200 single", "200 double"]);
      process.stdout.write(`${what}: every service answers after ${Math.round(performance.now() - since)} ms\n`);
      await expect.poll(healths, soon).toEqual(["running", "running", "stopped"]);
      // Beside them a new worker has the container that limits builds, as soon as it comes to it.
      const containers = await client().listContainers({ filters: { label: [`${label.managed}=true`] } });
      expect(containers).toHaveLength(3);
      const ips = containers.flatMap((one) =>
        Object.values(one.NetworkSettings.Networks).map((network) => `${network.IPAddress}:3000`),
      );
      await expect.poll(async () => (await addresses()).filter((one) => one !== null).sort(), soon).toEqual(ips.sort());
      for (let visit = 0; visit < 20; visit += 1) expect(await world.visit(double)).toBe("200 double");
      expect(await world.visit(stopped)).toMatch(/^503/);
    }

    it("serves what was deployed", async () => {
      for (const service of [single, double, stopped]) await world.until(await service.deploy(), "live");
      await stopService(world.web, stopped.id);
      await expect.poll(healths, soon).toEqual(["running", "running", "stopped"]);
      expect(await visits()).toEqual(["200 single", "200 double"]);
    });

    it("Docker is restarted: pages say so meanwhile, and everything runs and is routed again", async () => {
      await docker.end("SIGTERM");
      await expect.poll(unreachable, soon).toBe(true);
      const since = performance.now();
      await docker.start();
      await expectAllBack(since, "Docker restarted");
      await expect.poll(unreachable, soon).toBe(false);
      await expect.poll(() => Promise.all([single, double].map(starts)), soon).toEqual([1, 2]);
      expect(await starts(stopped)).toBe(0);
    });

    it("the machine loses power: Docker, containers and the worker come back together", async () => {
      const running = await client().listContainers();
      const states = await Promise.all(running.map(({ Id }) => client().getContainer(Id).inspect()));
      await worker?.end("SIGKILL");
      await docker.end("SIGKILL");
      for (const { State } of states) process.kill(State.Pid, "SIGKILL");
      const since = performance.now();
      await docker.start();
      worker = await startWorkerProcess(world.settings);
      await expectAllBack(since, "power lost");
    });

    it("a container that was removed while nobody looked is made anew, and a stopped service starts", async () => {
      await worker?.end("SIGTERM");
      const [victim] = await client().listContainers({ filters: { label: [`cloud.helvetia.service=${single.id}`] } });
      await client()
        .getContainer(victim?.Id ?? "")
        .remove({ force: true });
      await startService(world.web, stopped.id);
      worker = await startWorkerProcess(world.settings);
      await expect.poll(visits, soon).toEqual(["200 single", "200 double"]);
      await expect.poll(() => world.visit(stopped), soon).toBe("200 stopped");
      await expect.poll(healths, soon).toEqual(["running", "running", "running"]);
    });
  });
});

/**
 * A cancel in every phase, on real parts, beside another deployment that goes on: it ends what it was asked to end, with
 * all its processes, and nothing else. How long that takes is printed; the promise is measured in `npm run bench`.
 */
import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { DeploymentStatus } from "@/domain/deployment/status";
import { cancelDeployment } from "@/server/services/deployment/cancel-deployment";
import { describeWithDatabase } from "@/testing/database";
import { describeWithDocker } from "@/testing/docker";
import { type EngineProxy, startEngineProxy } from "@/testing/engine-proxy";
import type { Files } from "@/testing/git-server";
import { startHangingServer } from "@/testing/hanging-server";
import { countProcesses } from "@/testing/processes";
import { createRealWorld, type RealService, type RealWorld, serverFiles } from "@/testing/real-world";
import { startRegistry } from "@/testing/registry";

const unique = () => randomBytes(6).toString("hex");
/** A build step of so many seconds; the marker is in the command line of a shell that waits for it. */
const buildsFor = (seconds: number, marker: string): Files => serverFiles("new", `RUN sleep ${seconds}; : ${marker}`);
/** Does not listen before so many seconds. */
const listensAfter = (seconds: number): Files => ({
  Dockerfile: `FROM busybox:1.36\nCOPY version /www/index.html\nCMD ["sh", "-c", "sleep ${seconds}; exec httpd -f -p $PORT -h /www"]\n`,
  version: "new",
});

describeWithDatabase("a cancel", () => {
  describeWithDocker("on real parts", () => {
    let world: RealWorld;
    let proxy: EngineProxy;
    let closing: (() => Promise<unknown>)[];
    beforeAll(async () => {
      [world, proxy] = await Promise.all([
        createRealWorld({ settings: { HEALTH_TIMEOUT_SECONDS: "60", DEPLOY_CONCURRENCY: "4" } }),
        startEngineProxy(),
      ]);
    });
    beforeEach(() => {
      closing = [];
      proxy.hold(null);
    });
    afterEach(async () => {
      for (const close of closing) await close();
      await world.docker.engine.listContainers(world.docker.labels).then(async (left) => {
        for (const { name } of left) await world.docker.engine.removeContainer(name);
      });
    });
    afterAll(async () => {
      await world.tearDown();
      await proxy.close();
    });

    async function hanging(port: number | null = null) {
      const server = await startHangingServer(port);
      closing.push(server.close);
      return server;
    }
    const hostOf = (service: RealService) => new URL(service.repository.url).host;
    /** A service whose repository is behind the server at that host. */
    async function serviceBehind(host: string) {
      const { repository } = await world.service(serverFiles("new"));
      const url = repository.url.replace(new URL(repository.url).host, host);
      return world.service({ type: "git", url, branch: "main", rootDirectory: "" });
    }

    /** Both are under way; one is cancelled, and `isGone` tells of its processes. The other one gets to its end. */
    async function expectCancelled(
      id: string,
      phase: DeploymentStatus,
      other: { id: string; isAlive?: () => Promise<boolean>; letGo?: () => void },
      isGone: () => Promise<boolean> = async () => true,
    ) {
      const before = performance.now();
      await cancelDeployment(world.web, id);
      await world.until(id, "cancelled", 20_000);
      const ms = Math.round(performance.now() - before);
      process.stdout.write(`cancelled while ${phase}: ${ms} ms\n`);
      await expect.poll(isGone, { timeout: 20_000 }).toBe(true);
      expect((await other.isAlive?.()) ?? true).toBe(true);
      const row = await world.row(id);
      expect(row).toMatchObject({ status: "cancelled", error: null, supersededById: null });
      const left = async () => (await world.containers()).filter((name) => name.includes(containerPart(id)));
      await expect.poll(left, { timeout: 20_000 }).toEqual([]);
      await expect.poll(async () => (await world.checkouts()).filter((name) => name.includes(id))).toEqual([]);
      other.letGo?.();
      await world.until(other.id, "live", 90_000);
    }
    const containerPart = (id: string) => id.replace("_", "-");

    it("in the queue", async () => {
      const [neighbour, victim] = await Promise.all([
        world.service(buildsFor(4, unique())),
        world.service(serverFiles("new")),
      ]);
      const worker = world.worker({ DEPLOY_CONCURRENCY: "1" });
      const other = await neighbour.deploy();
      const running = [world.run(worker)];
      await world.until(other, "building");
      const id = await victim.deploy();
      running.push(world.run(worker));
      await expectCancelled(id, "queued", { id: other });
      await Promise.all(running);
    });

    it("while a Git server hangs, and another one does too", async () => {
      const gitPort = Number(new URL((await world.service(serverFiles("new"))).repository.url).port);
      const [mine, theirs] = await Promise.all([hanging(gitPort), hanging(gitPort)]);
      const [victim, neighbour] = await Promise.all([serviceBehind(mine.host), serviceBehind(theirs.host)]);
      const worker = world.worker();
      const [id, other] = [await victim.deploy(), await neighbour.deploy()];
      const running = [world.run(worker), world.run(worker)];
      await expect.poll(() => mine.isReached() && theirs.isReached(), { timeout: 20_000 }).toBe(true);
      expect(await countProcesses(mine.host)).toBeGreaterThan(0);
      await expectCancelled(
        id,
        "fetching",
        { id: other, isAlive: async () => (await countProcesses(theirs.host)) > 0, letGo: theirs.let },
        async () => (await countProcesses(mine.host)) === 0,
      );
      await Promise.all(running);
    });

    it("while it waits for its turn at the same mirror, which hangs", async () => {
      const mirror = await hanging(Number(hostOf(await world.service(serverFiles("new"))).split(":")[1]));
      const first = await serviceBehind(mirror.host);
      const second = await world.service(first.source);
      const worker = world.worker();
      const other = await first.deploy();
      const running = [world.run(worker)];
      await expect.poll(mirror.isReached, { timeout: 20_000 }).toBe(true);
      const id = await second.deploy();
      running.push(world.run(worker));
      await world.until(id, "fetching");
      await expectCancelled(id, "fetching", { id: other, letGo: mirror.let });
      await Promise.all(running);
    });

    it("in the middle of a build, and another one builds", async () => {
      const [mine, theirs] = [unique(), unique()];
      const [victim, neighbour] = await Promise.all([
        world.service(buildsFor(300, mine)),
        world.service(buildsFor(8, theirs)),
      ]);
      const worker = world.worker();
      const [id, other] = [await victim.deploy(), await neighbour.deploy()];
      const running = [world.run(worker), world.run(worker)];
      for (const marker of [mine, theirs]) {
        await expect.poll(() => countProcesses(marker), { timeout: 60_000 }).toBeGreaterThan(0);
      }
      await expectCancelled(
        id,
        "building",
        { id: other, isAlive: async () => (await countProcesses(theirs)) > 0 },
        async () => (await countProcesses(mine)) === 0,
      );
      await Promise.all(running);
    });

    it("while a base image is pulled from a registry that fell silent", async () => {
      const registry = await startRegistry({
        "team/base:1": { layer: randomBytes(65_536), labels: {}, command: ["x"] },
      });
      closing.push(registry.close);
      registry.stall();
      const [victim, neighbour] = await Promise.all([
        world.service({ Dockerfile: `FROM ${registry.host}/team/base:1\nRUN true\n` }),
        world.service(buildsFor(4, unique())),
      ]);
      const worker = world.worker();
      const [id, other] = [await victim.deploy(), await neighbour.deploy()];
      const running = [world.run(worker), world.run(worker)];
      const pulls = () => registry.requests.some((url) => url.includes("/blobs/"));
      await expect.poll(pulls, { timeout: 30_000 }).toBe(true);
      await expectCancelled(id, "building", { id: other });
      await Promise.all(running);
    });

    it("while the Engine does not start its containers", async () => {
      const [victim, neighbour] = await Promise.all([
        world.service(serverFiles("new")),
        world.service(listensAfter(4)),
      ]);
      const worker = world.worker({ DOCKER_HOST: proxy.host });
      const other = await neighbour.deploy();
      const running = [world.run(worker)];
      await world.until(other, "verifying");
      const id = await victim.deploy();
      proxy.hold(new RegExp(`^POST /containers/[^/]*${containerPart(id)}[^/]*/start`));
      running.push(world.run(worker));
      await world.until(id, "releasing");
      await expectCancelled(id, "releasing", { id: other });
      await Promise.all(running);
    });

    it("while its health is awaited, and another one's is", async () => {
      const [victim, neighbour] = await Promise.all([world.service(listensAfter(300)), world.service(listensAfter(5))]);
      const worker = world.worker();
      const [id, other] = [await victim.deploy(), await neighbour.deploy()];
      const running = [world.run(worker), world.run(worker)];
      await Promise.all([world.until(id, "verifying"), world.until(other, "verifying")]);
      await expectCancelled(id, "verifying", { id: other });
      await Promise.all(running);
    });

    it("when traffic moves: the version before answers as if nothing had been", async () => {
      const silent = await hanging();
      const [victim, neighbour] = await Promise.all([
        world.service(serverFiles("one")),
        world.service(listensAfter(5)),
      ]);
      const worker = world.worker();
      const first = await victim.deploy();
      await world.run(worker);
      expect(await world.visit(victim)).toBe("200 one");
      const other = await neighbour.deploy();
      const running = [world.run(worker)];
      await world.until(other, "verifying");
      await victim.repository.commit({ version: "two" });
      const id = await victim.deploy();
      // The router takes the route, and the worker does not hear of it.
      running.push(world.run(world.worker({ EDGE_API_URL: `http://${silent.host}` })));
      await world.until(id, "routing");
      await expect.poll(() => world.visit(victim), { timeout: 20_000 }).toBe("200 two");
      await expectCancelled(id, "routing", { id: other });
      await expect.poll(() => world.visit(victim), { timeout: 20_000 }).toBe("200 one");
      expect(await world.status(first)).toBe("live");
      await Promise.all(running);
    });
  });
});

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { label } from "@/domain/naming";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import { openConnection } from "./connection";
import { createDockerEngine, type DockerEngine } from "./docker-engine";

const forever = new AbortController().signal;
const host = process.env.DOCKER_HOST ?? null;
const docker = openConnection(host);
const soon = { timeout: 20_000, interval: 50 };

describeWithDocker("the container that limits builds", () => {
  let bed: TestEngine;
  let root: string;
  let gate: Server;
  let open: boolean;
  let waiting: number;
  let proxy: NetServer;
  let instanceId: string;
  let engine: DockerEngine;
  const sockets = new Set<Socket>();
  const lose = () => {
    for (const socket of sockets) socket.destroy();
  };

  beforeAll(async () => {
    bed = createTestEngine();
    root = await mkdtemp(path.join(tmpdir(), "limits-"));
    gate = createHttpServer((_request, response) => {
      waiting += 1;
      response.writeHead(open ? 200 : 503).end();
    });
    await new Promise<void>((resolve) => gate.listen(0, "0.0.0.0", resolve));
    proxy = createServer((client) => {
      const upstream = connect("/var/run/docker.sock");
      for (const socket of [client, upstream]) sockets.add(socket.on("error", () => {}));
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen(path.join(root, "docker.sock"), resolve));
  });
  beforeEach(() => {
    open = false;
    waiting = 0;
    instanceId = `${bed.prefix}-${randomBytes(4).toString("hex")}`;
    engine = makeEngine();
  });
  afterEach(async () => {
    await engine.close();
    await expect.poll(helpers, soon).toEqual([]);
  });
  afterAll(async () => {
    gate.close();
    lose();
    proxy.close();
    await bed.tearDown();
    await rm(root, { recursive: true, force: true });
  });

  const makeEngine = (address = host) =>
    createDockerEngine({
      host: address,
      addressing: "auto",
      imageMirror: null,
      extraCaCerts: process.env.NODE_EXTRA_CA_CERTS ?? null,
      instanceId,
      log: pino({ level: "silent" }),
    });
  const helpers = async () => {
    const filters = { label: [`${label.limits}=${instanceId}`] };
    return (await docker.listContainers({ all: true, filters })).map(({ Id }) => Id);
  };
  /** Builds an image of these commands; each is a step, and none comes from the cache. */
  const build = (commands: string[], memoryMib = 512, by = engine) => {
    const steps = [`: ${Math.random()}`, ...commands].map((command) => `RUN ${command}\n`);
    const request = {
      contextDirectory: root,
      files: [
        { path: "Dockerfile", content: `FROM busybox:1.36\n${steps.join("")}` },
        { path: ".dockerignore", content: "docker.sock" },
      ],
      dockerfilePath: "Dockerfile",
      reference: `${bed.prefix}:${randomBytes(4).toString("hex")}`,
      labels: bed.labels,
      buildArgs: {},
      memoryMib,
      cpuMillis: 2000,
    };
    return by.buildImage(request, () => {}, forever);
  };
  /** Ends once the step is kept to this limit. */
  const untilKeptTo = (memoryMib: number) =>
    `until cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null | grep -qx ${memoryMib * 2 ** 20}; do sleep 0.1; done`;
  const untilOpen = () => {
    const { port } = gate.address() as AddressInfo; // safe because it listens on TCP
    return `until wget -q -O /dev/null http://$(ip route | awk '/default/ {print $3}'):${port}/; do sleep 0.1; done`;
  };
  const atTheGate = () => expect.poll(() => waiting, soon).toBeGreaterThan(0);

  test("is there before the first build, is the same one for all, and goes with its engine", async () => {
    await engine.prepareBuilds();
    const [helper, ...more] = await helpers();
    expect(more).toEqual([]);
    await Promise.all([build([untilKeptTo(512)]), build([untilKeptTo(512)])]);
    await build([untilKeptTo(300)], 300);
    expect(await helpers()).toEqual([helper]);
  });

  test("goes when the process that it serves is no longer connected, and is there again for the next build", async () => {
    engine = makeEngine(`unix://${path.join(root, "docker.sock")}`);
    await build([untilKeptTo(512)]);
    const [before] = await helpers();
    expect(before).toBeDefined();
    lose();
    await expect.poll(helpers, soon).toEqual([]);
    await build([untilKeptTo(512)]);
    expect(await helpers()).not.toContain(before);
  });

  test("is replaced before the next build where somebody removed it, and where it does not answer", async () => {
    await engine.prepareBuilds();
    const [first = ""] = await helpers();
    await docker.getContainer(first).remove({ force: true });
    await build([untilKeptTo(512)]);
    const [second = ""] = await helpers();
    await docker.getContainer(second).pause();
    await build([untilKeptTo(512)]);
    const third = await helpers();
    expect(third).toHaveLength(1);
    expect(third).not.toContain(second);
  });

  test("is replaced while a build runs, whose next step is kept to the limit", async () => {
    const building = build([untilOpen(), untilKeptTo(512)]);
    await atTheGate();
    const [before = ""] = await helpers();
    await docker.getContainer(before).remove({ force: true });
    await expect.poll(helpers, soon).toEqual([expect.not.stringMatching(before)]);
    open = true;
    await building;
  });

  test("of builds at the same time the lower limit holds for all, also of two workers", async () => {
    const other = makeEngine();
    const low = build([untilOpen()], 256);
    await atTheGate();
    await build([untilKeptTo(256)], 512);
    await build([untilKeptTo(256)], 512, other);
    expect(await helpers()).toHaveLength(2);
    open = true;
    await low;
    await build([untilKeptTo(512)], 512);
    await other.close();
  });
});

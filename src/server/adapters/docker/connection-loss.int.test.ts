import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Engine } from "@/server/ports";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";

const forever = new AbortController().signal;

describeWithDocker("an Engine that goes away", () => {
  let bed: TestEngine;
  let directory: string;
  let proxy: Server;
  let engine: Engine;
  const sockets = new Set<Socket>();
  const lose = () => {
    for (const socket of sockets) socket.destroy();
  };

  beforeAll(async () => {
    bed = createTestEngine();
    directory = await mkdtemp(path.join(tmpdir(), "loss-"));
    const socketPath = path.join(directory, "docker.sock");
    proxy = createServer((client) => {
      const upstream = connect("/var/run/docker.sock");
      for (const socket of [client, upstream]) sockets.add(socket.on("error", () => {}));
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen(socketPath, resolve));
    engine = createTestEngine({ host: `unix://${socketPath}` }).engine;
    await bed.engine.pullImage("busybox:1.36", () => {}, forever);
    await bed.engine.ensureNetwork(bed.network);
  });
  beforeEach(() => sockets.clear());
  afterAll(async () => {
    lose();
    proxy.close();
    await bed.tearDown();
    await rm(directory, { recursive: true, force: true });
  });

  test("events end with engine_unavailable", async () => {
    const reading = async () => {
      for await (const event of engine.events(forever)) void event; // Other tests' containers may make some.
    };
    setTimeout(lose, 300);
    await expect(reading()).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
  });

  test("so does the log of a container that runs on", async () => {
    const { name } = await bed.engine.ensureContainer({
      name: `${bed.prefix}-log`,
      image: "busybox:1.36",
      env: {},
      labels: bed.labels,
      network: bed.prefix,
      networkAliases: [],
      command: ["sh", "-c", "echo here; exec sleep 600"],
      port: 3000,
      memoryMib: 64,
      cpuMillis: 500,
      pidsLimit: 32,
      readOnlyRoot: false,
      healthcheck: null,
      stopGraceSeconds: 1,
    });
    const reading = async () => {
      for await (const { text } of engine.followLogs(name, null, forever)) if (text === "here") lose();
    };
    await expect(reading()).rejects.toMatchObject({ code: "engine_unavailable" });
  });

  test("so does every call to one that takes requests and never answers", async () => {
    const silent = createServer((client) => void sockets.add(client.on("error", () => {})));
    const socketPath = path.join(directory, "silent.sock");
    await new Promise<void>((resolve) => silent.listen(socketPath, resolve));
    const { engine: hanging } = createTestEngine({ host: `unix://${socketPath}`, answerTimeoutMs: 300 });
    const answers = await Promise.allSettled([
      hanging.ping(),
      hanging.findImage("busybox:1.36"),
      hanging.listImages(bed.labels),
      hanging.removeImage("none:1"),
      hanging.ensureNetwork(bed.network),
      hanging.listContainers(bed.labels),
      hanging.findContainer("none"),
      hanging.stopContainer("none", 0),
      hanging.removeContainer("none"),
    ]);
    const unavailable = { status: "rejected", reason: expect.objectContaining({ code: "engine_unavailable" }) };
    expect(answers).toEqual(answers.map(() => unavailable));
    lose();
    silent.close();
  });

  test("so does a build, and the next one is whole", async () => {
    const request = {
      contextDirectory: await mkdtemp(path.join(directory, "context-")),
      files: [{ path: "Dockerfile", content: `FROM busybox:1.36\nRUN : ${Math.random()}; echo begun; sleep 3\n` }],
      dockerfilePath: "Dockerfile",
      reference: `${bed.prefix}-build:1`,
      labels: bed.labels,
      buildArgs: {},
      memoryMib: 256,
      cpuMillis: 1000,
    };
    const building = engine.buildImage(request, (line) => line.text === "begun" && lose(), forever);
    await expect(building).rejects.toMatchObject({ code: "engine_unavailable" });
    await expect(engine.buildImage(request, () => {}, forever)).resolves.toMatchObject({
      reference: request.reference,
    });
  });
});

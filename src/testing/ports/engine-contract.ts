/**
 * What every Engine must do, run on the real adapter and on the fake alike, so that tests which use the fake are told
 * the truth. A subject brings an Engine and a name prefix that nobody else uses; it removes what is left in `tearDown`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContainerSpec } from "@/domain/plan/types";
import type { BuildRequest, ContainerState, Engine, EngineEvent, LogLine } from "@/server/ports";
import {
  type BuildScenarioName,
  buildScenarios,
  type ContainerScenarioName,
  containerScenarios,
} from "./engine-scenarios";

export type EngineContractSubject = {
  engine: Engine;
  /** Begins every name. */
  prefix: string;
  /** Marks everything that is made; for a real Engine they hold the managed label. */
  labels: Record<string, string>;
  /** A CIDR that no other network on this Engine uses. */
  subnet: string;
  /** An image that the Engine has or gets, with a shell. */
  image: string;
  /** A reference that no registry knows. */
  unknownImage: string;
  tearDown(): Promise<void>;
};

const forever = () => new AbortController().signal;

export function engineContract(name: string, setUp: () => Promise<EngineContractSubject>): void {
  describe(`${name}: Engine contract`, () => {
    let subject: EngineContractSubject;
    let engine: Engine;
    let contextDirectory: string;
    let count = 0;

    beforeAll(async () => {
      subject = await setUp();
      engine = subject.engine;
      contextDirectory = await mkdtemp(path.join(tmpdir(), "engine-contract-"));
      await engine.ensureImage(subject.image, () => {}, forever());
      await engine.ensureNetwork({ name: `${subject.prefix}-net`, subnet: subject.subnet, labels: labels() });
    });

    afterAll(async () => {
      await rm(contextDirectory, { recursive: true, force: true });
      await subject.tearDown();
    });

    const labels = () => subject.labels;
    const uniqueName = () => {
      count += 1;
      return `${subject.prefix}-${count}`;
    };
    const spec = (scenario: ContainerScenarioName): ContainerSpec => ({
      name: uniqueName(),
      image: subject.image,
      env: { GREETING: "hello" },
      labels: labels(),
      network: `${subject.prefix}-net`,
      networkAliases: ["app"],
      command: [...containerScenarios[scenario].command],
      port: 3000,
      memoryMib: 64,
      cpuMillis: 500,
      pidsLimit: 64,
      stopGraceSeconds: 1,
    });
    const request = (scenario: BuildScenarioName): BuildRequest => {
      const { dockerfile } = buildScenarios[scenario];
      return {
        contextDirectory,
        files: dockerfile === null ? [] : [{ path: "Dockerfile", content: dockerfile }],
        dockerfilePath: "Dockerfile",
        reference: `${uniqueName()}:1`,
        labels: labels(),
        buildArgs: {},
        memoryMib: 512,
        cpuMillis: 1000,
      };
    };

    describe("images", () => {
      test("an image that is there is found, by name and by id, and is not pulled again", async () => {
        const image = await engine.findImage(subject.image);
        expect(image).toMatchObject({ reference: subject.image, sizeBytes: expect.any(Number) });
        expect((await engine.findImage(image?.id ?? ""))?.id).toBe(image?.id);
        const lines: LogLine[] = [];
        expect((await engine.ensureImage(subject.image, (line) => lines.push(line), forever())).id).toBe(image?.id);
        expect(lines.map((line) => line.text)).not.toContainEqual(expect.stringContaining("Pulling"));
      });

      test("an unknown image is null where it is looked for and an error where it is needed", async () => {
        expect(await engine.findImage(subject.unknownImage)).toBeNull();
        await expect(engine.ensureImage(subject.unknownImage, () => {}, forever())).rejects.toMatchObject({
          code: expect.stringMatching(/^(image_not_found|base_image_unavailable)$/),
        });
      });

      test("removing an image twice succeeds, removing one that a container uses does not", async () => {
        const built = await engine.buildImage(request("works"), () => {}, forever());
        await engine.removeImage(built.reference);
        await engine.removeImage(built.reference);
        expect(await engine.findImage(built.reference)).toBeNull();

        const used = await engine.buildImage(request("works"), () => {}, forever());
        const container = { ...spec("runs"), image: used.reference };
        await engine.ensureContainer(container);
        await expect(engine.removeImage(used.reference)).rejects.toMatchObject({ code: "engine_refused" });
        await engine.removeContainer(container.name);
        await engine.removeImage(used.reference);
      });
    });

    describe("builds", () => {
      test("a build gives the tagged, labelled image with its ports, and its output", async () => {
        const lines: LogLine[] = [];
        const works = request("works");
        const image = await engine.buildImage(works, (line) => lines.push(line), forever());
        expect(image).toMatchObject({ reference: works.reference, labels: labels(), exposedPorts: [4000] });
        expect(await engine.findImage(works.reference)).toEqual(image);
        expect((await engine.listImages(labels())).map((one) => one.reference)).toContain(works.reference);
        expect(lines.map((line) => line.text)).toContainEqual(expect.stringContaining("it-works"));
      });

      test("a failing command is build_failed with its exit code, after its output", async () => {
        const lines: string[] = [];
        const fails = request("fails");
        await expect(engine.buildImage(fails, (line) => lines.push(line.text), forever())).rejects.toMatchObject({
          code: "build_failed",
          details: { exitCode: 7, command: expect.stringContaining("exit 7") },
        });
        expect(lines).toContainEqual(expect.stringContaining("before-failing"));
        expect(await engine.findImage(fails.reference)).toBeNull();
      });

      test("an abort ends this build with the signal's reason, and no other", async () => {
        const abort = new AbortController();
        const reason = new Error("cancelled by the test");
        const hanging = engine.buildImage(
          request("hangs"),
          (line) => line.text.includes("begun") && abort.abort(reason),
          abort.signal,
        );
        const other = engine.buildImage(request("works"), () => {}, forever());
        await expect(hanging).rejects.toBe(reason);
        await expect(other).resolves.toMatchObject({ exposedPorts: [4000] });
      });

      test("a missing Dockerfile and a base image that cannot be had are told apart", async () => {
        await expect(engine.buildImage(request("hasNoDockerfile"), () => {}, forever())).rejects.toMatchObject({
          code: "dockerfile_not_found",
        });
        await expect(engine.buildImage(request("needsUnknownImage"), () => {}, forever())).rejects.toMatchObject({
          code: "base_image_unavailable",
        });
      });
    });

    describe("networks", () => {
      test("ensuring twice, also at the same time, is one network; removing twice succeeds", async () => {
        const network = { name: `${subject.prefix}-net`, subnet: subject.subnet, labels: labels() };
        await Promise.all([engine.ensureNetwork(network), engine.ensureNetwork(network)]);
        const found = (await engine.listNetworks(labels())).filter((one) => one.name === network.name);
        expect(found).toEqual([{ name: network.name, labels: expect.objectContaining(labels()) }]);
        await engine.removeNetwork(`${subject.prefix}-absent`);
      });
    });

    describe("containers", () => {
      test("ensuring starts it with an endpoint; doing it again, or twice at once, changes nothing", async () => {
        const runs = spec("runs");
        const [first, second] = await Promise.all([engine.ensureContainer(runs), engine.ensureContainer(runs)]);
        expect(first).toMatchObject({
          name: runs.name,
          status: "running",
          exitCode: null,
          outOfMemory: false,
          restartCount: 0,
          startedAt: expect.any(Date),
          finishedAt: null,
          endpoint: { host: expect.any(String), port: expect.any(Number) },
        });
        expect(first.labels).toMatchObject(labels());
        expect(second.containerId).toBe(first.containerId);
        expect(await engine.ensureContainer(runs)).toEqual(first);
        expect(await engine.findContainer(runs.name)).toEqual(first);
        expect((await engine.listContainers(labels())).map((one) => one.name)).toContain(runs.name);
        expect(await engine.listContainers({ ...labels(), other: "x" })).toEqual([]);
      });

      test("a stopped one stays down with its exit code, starts again when ensured, and goes when removed", async () => {
        const runs = spec("runs");
        const { containerId } = await engine.ensureContainer(runs);
        await engine.stopContainer(runs.name, 1);
        await engine.stopContainer(runs.name, 1);
        const stopped = await engine.findContainer(runs.name);
        expect(stopped).toMatchObject({ status: "exited", endpoint: null, finishedAt: expect.any(Date) });
        expect(stopped?.exitCode).not.toBeNull();
        expect(await engine.ensureContainer(runs)).toMatchObject({ status: "running", containerId });
        await engine.removeContainer(runs.name);
        await engine.removeContainer(runs.name);
        await engine.stopContainer(runs.name, 1);
        expect(await engine.findContainer(runs.name)).toBeNull();
      });

      test("one that ends by itself is restarted, and that can be seen", async () => {
        const exits = spec("complainsAndExits");
        await engine.ensureContainer(exits);
        const seen = await until(exits.name, (state) => state.restartCount > 0 && state.exitCode !== null);
        expect(seen).toMatchObject({ exitCode: 3, outOfMemory: false, endpoint: null });
        await engine.stopContainer(exits.name, 1);
        expect(await engine.findContainer(exits.name)).toMatchObject({ status: "exited" });
      });

      test("one that takes more memory than it may is killed, and that is told apart", async () => {
        const eats = spec("eatsMemory");
        await engine.ensureContainer(eats);
        expect(await until(eats.name, (state) => state.outOfMemory)).toMatchObject({ exitCode: 137 });
        await engine.removeContainer(eats.name);
      });

      test("a command that cannot be executed ends with 127, as in a shell, and is restarted in vain", async () => {
        const cannot = spec("cannotStart");
        await engine.ensureContainer(cannot);
        await until(cannot.name, (state) => state.exitCode === 127 && state.restartCount > 0);
        await engine.removeContainer(cannot.name);
      });

      test("without its image or its network it is refused", async () => {
        await expect(engine.ensureContainer({ ...spec("runs"), image: subject.unknownImage })).rejects.toMatchObject({
          code: "image_not_found",
        });
        await expect(
          engine.ensureContainer({ ...spec("runs"), network: `${subject.prefix}-absent` }),
        ).rejects.toMatchObject({ code: "engine_refused" });
      });

      test("figures come from a running container alone", async () => {
        const runs = spec("runs");
        await engine.ensureContainer(runs);
        const stats = await engine.stats(runs.name);
        expect(stats?.memoryBytes).toBeGreaterThan(0);
        expect(stats?.cpuMillis).toBeGreaterThanOrEqual(0);
        await engine.stopContainer(runs.name, 1);
        expect(await engine.stats(runs.name)).toBeNull();
        expect(await engine.stats(`${subject.prefix}-absent`)).toBeNull();
      });
    });

    describe("logs", () => {
      test("lines come in order, and from a cursor on nothing is missed or repeated", async () => {
        const prints = spec("prints");
        await engine.ensureContainer(prints);
        const first = await readLines(prints.name, null, 2);
        expect(first.map((line) => line.text)).toEqual(["line-1", "line-2"]);
        const rest = await readLines(prints.name, first[1]?.cursor ?? null, 1);
        expect(rest.map((line) => line.text)).toEqual(["line-3"]);
        const again = await readLines(prints.name, first[0]?.cursor ?? null, 2);
        expect(again.map((line) => line.text)).toEqual(["line-2", "line-3"]);
      });

      test("an abort ends the following without an error", async () => {
        const prints = spec("prints");
        await engine.ensureContainer(prints);
        const abort = new AbortController();
        const texts: string[] = [];
        for await (const line of engine.followLogs(prints.name, null, abort.signal)) {
          texts.push(line.text);
          if (texts.length === 3) setTimeout(() => abort.abort(new Error("enough")), 50);
        }
        expect(texts).toEqual(["line-1", "line-2", "line-3"]);
      });

      test("following ends when the container is stopped; the log of a stopped one can be read", async () => {
        const exits = spec("complainsAndExits");
        await engine.ensureContainer(exits);
        await until(exits.name, (state) => state.restartCount > 0);
        await engine.stopContainer(exits.name, 1);
        const lines: LogLine[] = [];
        for await (const line of engine.followLogs(exits.name, null, forever())) lines.push(line);
        expect(lines[0]).toMatchObject({ stream: "stderr", text: "complaint", at: expect.any(Date) });
        for await (const line of engine.followLogs(`${subject.prefix}-absent`, null, forever())) lines.push(line);
      });
    });

    describe("events", () => {
      test("what happens to managed containers from the call on arrives, and an abort ends it", async () => {
        const abort = new AbortController();
        const seen: EngineEvent[] = [];
        const events = engine.events(abort.signal);
        const runs = spec("runs");
        const listening = (async () => {
          for await (const event of events) {
            if (event.name !== runs.name) continue;
            seen.push(event);
            if (event.action === "destroy") abort.abort();
          }
        })();
        await engine.ensureContainer(runs);
        await engine.stopContainer(runs.name, 1);
        await engine.removeContainer(runs.name);
        await listening;
        const actions = seen.map((event) => event.action);
        expect(actions.filter((action) => ["start", "die", "destroy"].includes(action))).toEqual([
          "start",
          "die",
          "destroy",
        ]);
        expect(seen[0]).toMatchObject({ type: "container", labels: labels(), at: expect.any(Date) });
      });
    });

    test("it says its version, and how much disk is free where it can", async () => {
      expect(await engine.ping()).toEqual({
        version: expect.any(String),
        apiVersion: expect.stringMatching(/^\d+\.\d+$/),
      });
      const free = await engine.diskFreeBytes();
      expect(free === null || free > 0).toBe(true);
    });

    async function until(containerName: string, holds: (state: ContainerState) => boolean): Promise<ContainerState> {
      for (let attempt = 0; attempt < 400; attempt += 1) {
        const state = await engine.findContainer(containerName);
        if (state && holds(state)) return state;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`${containerName} did not get there within 10 s`);
    }

    async function readLines(containerName: string, cursor: string | null, wanted: number) {
      const lines: (LogLine & { cursor: string })[] = [];
      for await (const line of engine.followLogs(containerName, cursor, forever())) {
        lines.push(line);
        if (lines.length === wanted) break;
      }
      return lines;
    }
  });
}

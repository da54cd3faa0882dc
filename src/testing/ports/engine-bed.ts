/** What the parts of the Engine contract share: the subject under test and the specs they run on it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ContainerSpec, NetworkSpec } from "@/domain/plan/types";
import type { BuildRequest, ContainerState, Engine, LogLine } from "@/server/ports";
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
  /** One whose subnet no other network on this Engine uses. */
  network: NetworkSpec;
  /** An image that the Engine has or gets, with a shell. */
  image: string;
  /** A reference that no registry knows. */
  unknownImage: string;
  tearDown(): Promise<void>;
};

export const forever = () => new AbortController().signal;

export class EngineBed {
  readonly subject: EngineContractSubject;
  readonly engine: Engine;
  readonly labels: Record<string, string>;
  readonly network: string;
  readonly #contextDirectory: string;
  #count = 0;

  private constructor(subject: EngineContractSubject, contextDirectory: string) {
    this.subject = subject;
    this.engine = subject.engine;
    this.labels = subject.labels;
    this.network = subject.network.name;
    this.#contextDirectory = contextDirectory;
  }

  static async setUp(subject: EngineContractSubject): Promise<EngineBed> {
    const bed = new EngineBed(subject, await mkdtemp(path.join(tmpdir(), "engine-contract-")));
    await bed.engine.pullImage(subject.image, () => {}, forever());
    await bed.engine.ensureNetwork(subject.network);
    return bed;
  }

  async tearDown(): Promise<void> {
    await rm(this.#contextDirectory, { recursive: true, force: true });
    await this.subject.tearDown();
  }

  uniqueName(): string {
    this.#count += 1;
    return `${this.subject.prefix}-${this.#count}`;
  }

  spec(scenario: ContainerScenarioName): ContainerSpec {
    return {
      name: this.uniqueName(),
      image: this.subject.image,
      env: { GREETING: "hello" },
      labels: this.labels,
      network: this.network,
      networkAliases: ["app"],
      command: [...containerScenarios[scenario].command],
      port: 3000,
      memoryMib: 64,
      cpuMillis: 500,
      pidsLimit: 64,
      readOnlyRoot: false,
      healthcheck: null,
      stopGraceSeconds: 1,
    };
  }

  request(scenario: BuildScenarioName): BuildRequest {
    const { dockerfile } = buildScenarios[scenario];
    return {
      contextDirectory: this.#contextDirectory,
      files: dockerfile === null ? [] : [{ path: "Dockerfile", content: dockerfile }],
      dockerfilePath: "Dockerfile",
      reference: `${this.uniqueName()}:1`,
      labels: this.labels,
      buildArgs: {},
      memoryMib: 512,
      cpuMillis: 1000,
    };
  }

  /** The first state of which this holds; waits 10 seconds for it. */
  async until(containerName: string, holds: (state: ContainerState) => boolean): Promise<ContainerState> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const state = await this.engine.findContainer(containerName);
      if (state && holds(state)) return state;
      await pause(25);
    }
    throw new Error(`${containerName} did not get there within 10 s`);
  }

  async readLines(containerName: string, cursor: string | null, wanted: number) {
    const lines: (LogLine & { cursor: string })[] = [];
    for await (const line of this.engine.followLogs(containerName, cursor, forever())) {
      lines.push(line);
      if (lines.length === wanted) break;
    }
    return lines;
  }
}

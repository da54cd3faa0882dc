/**
 * An Engine in memory that passes the same contract as the real one (engine-contract.ts). It does nothing by chance:
 * time comes from `now`, ids and addresses are counted, and what builds and containers do is what the test says.
 */
import { once } from "node:events";
import type { DiskSpace } from "@/domain/disk";
import { AppError } from "@/domain/errors";
import type { EngineHealth } from "@/domain/health/engine-health";
import type { ContainerSpec, NetworkSpec } from "@/domain/plan/types";
import type {
  BuildRequest,
  BuiltImage,
  ContainerState,
  ContainerStats,
  Engine,
  EngineEvent,
  EngineUsage,
  ImageInfo,
  Listener,
  LogLine,
  NetworkInfo,
} from "@/server/ports";
import { carries } from "./carries";
import { FakeContainer } from "./fake-container";
import type { FakeEngineOptions } from "./fake-engine-options";
import { FakeEvents } from "./fake-events";
import { FakeImages } from "./fake-images";
import { FakeNetworks } from "./fake-networks";

export class FakeEngine implements Engine {
  readonly images = new FakeImages();
  readonly networks = new FakeNetworks();
  readonly containers = new Map<string, FakeContainer>();
  /** What was built already: the cache of its one step. */
  readonly #built = new Set<string>();
  /** Everything that changed the world, in order: "build helvetia/x:1", "start helvetia-dep-a-0". */
  readonly journal: string[] = [];
  /** Where containers listen, by name; what is not here cannot be told. */
  readonly listeners = new Map<string, Listener[]>();
  /** What the Engine says of its disk; null: it cannot tell. */
  disk: DiskSpace | null = { totalBytes: 100 * 2 ** 30, freeBytes: 50 * 2 ** 30 };
  buildCache = { totalBytes: 0, unusedBytes: 0 };
  /** While true every call fails with engine_unavailable, as if the daemon were stopped. */
  down = false;
  readonly #options: FakeEngineOptions;
  readonly #failures: { method: keyof Engine; error: Error }[] = [];
  readonly #events = new FakeEvents();
  #addresses = 0;
  #ticks = 0;

  constructor(options: FakeEngineOptions = {}) {
    this.#options = options;
  }

  /** The next call of this method fails with this error before it does anything. */
  failNext(method: keyof Engine, error: Error): void {
    this.#failures.push({ method, error });
  }

  print(name: string, text: string, stream: "stdout" | "stderr" = "stdout"): void {
    this.#container(name).print({ at: this.#now(), stream, text });
  }

  /** The container ends by itself; `restart` is what a real Engine then does after a pause with one that it supervises. */
  exit(name: string, end: { exitCode: number; outOfMemory?: boolean }): void {
    const container = this.#container(name);
    container.end(this.#now(), end);
    if (end.outOfMemory) this.#emit("oom", container);
    this.#emit("die", container, { exitCode: end.exitCode });
  }

  /** What the image's HEALTHCHECK finds from now on. */
  report(name: string, health: EngineHealth): void {
    const container = this.#container(name);
    container.report(health);
    this.#emit("health_status", container);
  }

  restart(name: string): void {
    this.#run(this.#container(name));
  }

  async ping(): Promise<{ version: string; apiVersion: string }> {
    this.#enter("ping");
    return { version: "0.0.0-fake", apiVersion: "1.41" };
  }

  async findImage(reference: string): Promise<ImageInfo | null> {
    this.#enter("findImage");
    return this.images.find(reference);
  }

  async pullImage(reference: string, onLine: (line: LogLine) => void, signal: AbortSignal): Promise<ImageInfo> {
    this.#enter("pullImage", signal);
    const present = this.images.find(reference);
    const found = this.#options.onPull ? this.#options.onPull(reference) : {};
    if (!found && !present) throw new AppError("image_not_found", { details: { reference } });
    const text = found ? `Pulling ${reference}` : `There is no image ${reference}. The one on this server is used.`;
    onLine({ at: this.#now(), stream: "system", text });
    if (present && (!found || (found.digest ?? null) === present.digest)) return present;
    this.journal.push(`pull ${reference}`);
    return this.images.add(reference, found ?? {});
  }

  async buildImage(request: BuildRequest, onLine: (line: LogLine) => void, signal: AbortSignal): Promise<BuiltImage> {
    this.#enter("buildImage", signal);
    const build = this.#options.onBuild?.(request) ?? {};
    for (const text of build.lines ?? []) onLine({ at: this.#now(), stream: "stdout", text });
    if (build.outcome instanceof AppError) throw build.outcome;
    if (build.outcome === "hang" && !signal.aborted) await once(signal, "abort");
    signal.throwIfAborted();
    this.journal.push(`build ${request.reference}`);
    const image = this.images.add(request.reference, {
      exposedPorts: build.exposedPorts,
      hasHealthcheck: build.hasHealthcheck,
      labels: request.labels,
    });
    const content = JSON.stringify([request.files, request.dockerfilePath, request.buildArgs]);
    const cached = this.#built.has(content) ? 1 : 0;
    this.#built.add(content);
    return { ...image, steps: { total: 1, cached } };
  }

  async removeImage(reference: string): Promise<void> {
    this.#enter("removeImage");
    if ([...this.containers.values()].some((container) => container.spec.image === reference)) {
      throw new AppError("engine_refused", { details: { reference, reason: "a container uses this image" } });
    }
    if (this.images.remove(reference)) this.journal.push(`remove-image ${reference}`);
  }

  async listImages(labels: Record<string, string>): Promise<ImageInfo[]> {
    this.#enter("listImages");
    return this.images.list(labels);
  }

  async ensureNetwork(spec: NetworkSpec): Promise<void> {
    this.#enter("ensureNetwork");
    if (this.networks.add(spec)) this.journal.push(`create-network ${spec.name}`);
  }

  async removeNetwork(name: string): Promise<void> {
    this.#enter("removeNetwork");
    const used = [...this.containers.values()].some((one) => one.spec.network === name && one.runs);
    if (used) throw new AppError("engine_refused", { details: { name, reason: "containers run on this network" } });
    if (this.networks.remove(name)) this.journal.push(`remove-network ${name}`);
  }

  async listNetworks(labels: Record<string, string>): Promise<NetworkInfo[]> {
    this.#enter("listNetworks");
    return this.networks.list(labels);
  }

  async hostNetwork(): Promise<{ buildBridge: string | null } | null> {
    this.#enter("hostNetwork");
    return { buildBridge: "docker0" };
  }

  async usedSubnets(): Promise<string[]> {
    this.#enter("usedSubnets");
    return this.networks.subnets;
  }

  async ensureContainer(spec: ContainerSpec, signal?: AbortSignal): Promise<ContainerState> {
    this.#enter("ensureContainer", signal);
    const container = this.containers.get(spec.name) ?? this.#create(spec);
    if (!container.runs) this.#run(container);
    return container.state;
  }

  async superviseContainer(name: string): Promise<void> {
    this.#enter("superviseContainer");
    const container = this.containers.get(name);
    if (!container || container.state.supervised) return;
    container.supervise();
    this.journal.push(`supervise ${name}`);
  }

  async findContainer(name: string): Promise<ContainerState | null> {
    this.#enter("findContainer");
    return this.containers.get(name)?.state ?? null;
  }

  async listContainers(labels: Record<string, string>): Promise<ContainerState[]> {
    this.#enter("listContainers");
    return [...this.containers.values()].map((one) => one.state).filter((state) => carries(state.labels, labels));
  }

  async stopContainer(name: string, _graceSeconds: number): Promise<void> {
    this.#enter("stopContainer");
    const container = this.containers.get(name);
    if (!container || !["running", "restarting"].includes(container.state.status)) return;
    this.#kill(container, { signal: 15, exitCode: 143 });
    this.journal.push(`stop ${name}`);
    this.#emit("stop", container);
  }

  async removeContainer(name: string): Promise<void> {
    this.#enter("removeContainer");
    const container = this.containers.get(name);
    if (!container || !this.containers.delete(name)) return;
    if (container.runs) this.#kill(container, { signal: 9, exitCode: 137 });
    this.journal.push(`remove ${name}`);
    this.#emit("destroy", container);
  }

  async *followLogs(
    name: string,
    cursor: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine & { cursor: string }> {
    this.#enter("followLogs");
    const container = this.containers.get(name);
    for (let next = cursor === null ? 0 : Number(cursor); container && !signal.aborted; ) {
      const line = container.lines[next];
      if (line) {
        next += 1;
        yield { ...line, cursor: String(next) };
      } else if (container.runs) {
        await container.changed(signal);
      } else {
        return;
      }
    }
  }

  async tailLogs(name: string, count: number): Promise<LogLine[]> {
    this.#enter("tailLogs");
    return this.containers.get(name)?.lines.slice(-count) ?? [];
  }

  async listListeners(name: string): Promise<Listener[] | null> {
    this.#enter("listListeners");
    return this.listeners.get(name) ?? null;
  }

  async stats(name: string): Promise<ContainerStats | null> {
    this.#enter("stats");
    if (!this.containers.get(name)?.runs) return null;
    return { cpuMillis: 5, memoryBytes: 10 * 2 ** 20, networkRxBytes: 0, networkTxBytes: 0 };
  }

  events(signal: AbortSignal, since?: Date): AsyncIterable<EngineEvent> {
    return this.#events.follow(signal, since, () => this.#enter("events"));
  }

  async diskSpace(): Promise<DiskSpace | null> {
    this.#enter("diskSpace");
    return this.disk;
  }

  async usage(): Promise<EngineUsage> {
    this.#enter("usage");
    return { imageOwnBytes: this.images.ownBytes, buildCache: { ...this.buildCache } };
  }

  async pruneBuildCache(keepBytes: number): Promise<number> {
    this.#enter("pruneBuildCache");
    const { totalBytes, unusedBytes } = this.buildCache;
    const freed = Math.max(0, Math.min(unusedBytes, totalBytes - keepBytes));
    if (freed > 0) this.journal.push(`prune-build-cache ${freed}`);
    this.buildCache = { totalBytes: totalBytes - freed, unusedBytes: unusedBytes - freed };
    return freed;
  }

  /** Ends every event stream the way a lost connection does. */
  loseConnection(): void {
    this.#events.fail(new AppError("engine_unavailable"));
  }

  #enter(method: keyof Engine, signal?: AbortSignal): void {
    signal?.throwIfAborted();
    if (this.down) throw new AppError("engine_unavailable");
    const index = this.#failures.findIndex((failure) => failure.method === method);
    const [failure] = index < 0 ? [] : this.#failures.splice(index, 1);
    if (failure) throw failure.error;
  }

  #create(spec: ContainerSpec): FakeContainer {
    if (!this.images.find(spec.image)) throw new AppError("image_not_found", { details: { reference: spec.image } });
    if (!this.networks.has(spec.network)) {
      throw new AppError("engine_refused", { details: { reason: `network ${spec.network} not found` } });
    }
    const container = new FakeContainer(spec, `fake-container-${this.containers.size}-${spec.name}`);
    this.containers.set(spec.name, container);
    this.journal.push(`create ${spec.name}`);
    this.#emit("create", container);
    return container;
  }

  #run(container: FakeContainer): void {
    const program = this.#options.onStart?.(container.spec) ?? {};
    if (program instanceof AppError) throw program;
    // A new address at every start, as on a real bridge: nobody may keep an endpoint over a restart.
    this.#addresses += 1;
    const host = `10.99.${Math.floor(this.#addresses / 250)}.${(this.#addresses % 250) + 2}`;
    const checked = container.spec.healthcheck !== null && this.images.find(container.spec.image)?.hasHealthcheck;
    const passes = { status: "healthy", successes: 1, ranAt: this.#now(), output: null } as const;
    const health = checked ? (program.health ?? passes) : null;
    container.start(this.#now(), { host, port: container.spec.port }, health);
    this.journal.push(`start ${container.spec.name}`);
    this.#emit("start", container);
    for (const { stream, text } of program.prints ?? []) this.print(container.spec.name, text, stream);
    if (program.ends) this.exit(container.spec.name, program.ends);
  }

  #container(name: string): FakeContainer {
    const container = this.containers.get(name);
    if (!container) throw new Error(`the fake Engine has no container ${name}`);
    return container;
  }

  #kill(container: FakeContainer, { signal, exitCode }: { signal: number; exitCode: number }): void {
    this.#emit("kill", container, { signal });
    container.stop(this.#now(), exitCode);
    this.#emit("die", container, { exitCode });
  }

  #emit(action: string, container: FakeContainer, facts: { exitCode?: number; signal?: number } = {}): void {
    const { name, containerId, labels } = container.state;
    this.#events.emit(this.#now(), { action, name, containerId, labels, ...facts });
  }

  #now(): Date {
    this.#ticks += 1;
    return this.#options.now?.() ?? new Date(Date.UTC(2026, 0, 1) + this.#ticks);
  }
}

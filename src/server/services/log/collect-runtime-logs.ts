/** Follows the logs of all containers of this instance, one reader each, for as long as this worker is the collector. */
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { createLogRate, type LogRate } from "@/domain/log-rate";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { repeat } from "@/server/services/worker/repeat";
import { collectContainerLog } from "./collect-container-log";

const lookEveryMs = 30_000;
/** Between two attempts at one log; it doubles from failure to failure. */
const [firstPauseMs, longestPauseMs] = [1_000, 4_000];
const rememberedRates = 10_000;

type Container = { name: string; labels: Record<string, string> };

/** Until the signal aborts; whatever fails is tried again. */
export async function collectRuntimeLogs(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { engine, config, log } = context;
  const readers = new Map<string, { again: boolean; done: Promise<void> }>();
  /** When those ended whose logs are read to their end. */
  const readUntil = new Map<string, number>();
  const rates = new LRUCache<string, LogRate>({ max: rememberedRates });

  function rateOf(serviceId: string): LogRate {
    const rate = rates.get(serviceId) ?? createLogRate(config.logs.linesPerSecond);
    rates.set(serviceId, rate);
    return rate;
  }

  function read(container: Container): void {
    const running = readers.get(container.name);
    if (running) {
      running.again = true;
      return;
    }
    const reader = { again: false, done: Promise.resolve() };
    readers.set(container.name, reader);
    reader.done = readOn(container, reader);
  }

  async function readOn(container: Container, reader: { again: boolean }): Promise<void> {
    let failures = 0;
    do {
      reader.again = false;
      const begunAt = performance.now();
      await collectContainerLog(context, container, rateOf, signal).catch(async (error: unknown) => {
        if (signal.aborted) return;
        // One that was read for a while was found again: this is another failure.
        if (performance.now() - begunAt > longestPauseMs) failures = 0;
        // Every container of an Engine that is away for an hour is one piece of news each.
        if (failures === 0) {
          log.warn(
            { err: error, container: container.name },
            "reading a container's log failed; trying until it works",
          );
        }
        reader.again = true;
        const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
        failures += 1;
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      });
    } while (reader.again && !signal.aborted);
    readers.delete(container.name);
  }

  /** What was started before the events began, or while they were broken. */
  async function readAll(): Promise<number> {
    const containers = await engine.listContainers({
      [label.managed]: "true",
      [label.instance]: config.instanceId,
    });
    for (const container of containers) {
      const isUp = container.status === "running";
      const ended = container.finishedAt?.getTime() ?? 0;
      if (!isUp && readUntil.get(container.name) === ended) continue;
      if (!isUp) readUntil.set(container.name, ended);
      if (!readers.has(container.name)) read(container);
    }
    const names = new Set(containers.map((container) => container.name));
    for (const name of readUntil.keys()) if (!names.has(name)) readUntil.delete(name);
    return lookEveryMs;
  }

  async function followStarts(works: () => void): Promise<number> {
    const events = engine.events(signal);
    await readAll();
    works();
    for await (const { action, name, labels } of events) {
      if (action === "start" && labels[label.instance] === config.instanceId) read({ name, labels });
    }
    return 0;
  }

  await Promise.all([
    repeat("following the starts of containers", log, signal, followStarts),
    repeat("looking for logs", log, signal, readAll),
  ]);
  await Promise.all([...readers.values()].map((reader) => reader.done));
}

/** Follows the logs of all containers of this instance, one reader each, for as long as this worker is the collector. */
import { setTimeout as sleep } from "node:timers/promises";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { collectContainerLog } from "./collect-container-log";

const lookEveryMs = 10_000;
const afterFailureMs = 1_000;

type Container = { name: string; labels: Record<string, string> };

/** Until the signal aborts; whatever fails is tried again. */
export async function collectRuntimeLogs(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { engine, config, log } = context;
  const own = { [label.managed]: "true", [label.instance]: config.instanceId };
  const readers = new Map<string, { again: boolean; done: Promise<void> }>();
  /** When those ended whose logs are read to their end. */
  const readUntil = new Map<string, number>();

  function read(container: Container): void {
    const running = readers.get(container.name);
    if (running) {
      running.again = true;
      return;
    }
    const reader = { again: false, done: Promise.resolve() };
    reader.done = readOn(container, reader);
    readers.set(container.name, reader);
  }

  async function readOn(container: Container, reader: { again: boolean }): Promise<void> {
    do {
      reader.again = false;
      await collectContainerLog(context, container, signal).catch(async (error: unknown) => {
        if (signal.aborted) return;
        log.warn({ err: error, container: container.name }, "reading a container's log failed; trying again");
        reader.again = true;
        await sleep(afterFailureMs);
      });
      // A start while the end was being read would be missed by whoever looks at `again` a moment too early.
    } while (reader.again && !signal.aborted);
    readers.delete(container.name);
  }

  async function readAll(): Promise<void> {
    const containers = await engine.listContainers(own);
    for (const container of containers) {
      const ended = container.finishedAt?.getTime() ?? 0;
      if (container.status !== "running" && readUntil.get(container.name) === ended) continue;
      if (container.status !== "running") readUntil.set(container.name, ended);
      if (!readers.has(container.name)) read(container);
    }
    const names = new Set(containers.map((container) => container.name));
    for (const name of readUntil.keys()) if (!names.has(name)) readUntil.delete(name);
  }

  async function followStarts(): Promise<void> {
    for await (const { action, name, labels } of engine.events(signal)) {
      if (action === "start" && labels[label.instance] === config.instanceId) read({ name, labels });
    }
  }

  const repeat = async (work: () => Promise<void>, pauseMs: number) => {
    while (!signal.aborted) {
      const failed = await work().then(
        () => false,
        (error: unknown) => {
          if (!signal.aborted) log.warn({ err: error }, "collecting logs failed; trying again");
          return true;
        },
      );
      await sleep(failed ? afterFailureMs : pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all([repeat(followStarts, 0), repeat(readAll, lookEveryMs)]);
  await Promise.all([...readers.values()].map((reader) => reader.done));
}

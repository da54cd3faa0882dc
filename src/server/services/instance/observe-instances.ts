/** Follows what happens to containers: by the Engine's events, and by a look at all of them now and then. */
import { setTimeout as sleep } from "node:timers/promises";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { lookAtInstances } from "./look-at-instances";
import { measureInstances } from "./measure-instances";
import { restoreRoutes } from "./restore-routes";

const lookEveryMs = 10_000;
const measureEveryMs = 10_000;
const afterFailureMs = 1_000;
/** An end and the next start come together: one look tells both. */
const settleMs = 20;

/** Until the signal aborts. Whatever fails is tried again. */
export async function observeInstances(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const changed = new Set<string>();
  let wake = Promise.withResolvers<void>();

  signal.addEventListener("abort", () => wake.resolve(), { once: true });

  const repeat = async (what: string, work: () => Promise<number>) => {
    while (!signal.aborted) {
      const pauseMs = await work().catch((error: unknown) => {
        if (!signal.aborted) context.log.warn({ err: error }, `${what} failed; trying again`);
        return afterFailureMs;
      });
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };

  const followEvents = async () => {
    for await (const event of context.engine.events(signal)) {
      const serviceId = event.labels[label.service];
      if (event.labels[label.instance] !== context.config.instanceId || serviceId === undefined) continue;
      changed.add(serviceId);
      wake.resolve();
    }
    return 0;
  };

  const lookAtChanged = async () => {
    await wake.promise;
    await sleep(settleMs);
    wake = Promise.withResolvers<void>();
    const services = [...changed];
    changed.clear();
    for (const serviceId of services) if (!signal.aborted) await lookAtInstances(context, serviceId);
    return 0;
  };

  await Promise.all([
    repeat("following the Engine's events", followEvents),
    repeat("looking at a service's containers", lookAtChanged),
    repeat("looking at all containers", async () => {
      await lookAtInstances(context, null);
      await restoreRoutes(context);
      return lookEveryMs;
    }),
    repeat("measuring containers", async () => {
      await measureInstances(context, signal);
      return measureEveryMs;
    }),
  ]);
}

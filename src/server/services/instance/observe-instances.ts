/** Follows what happens to containers: by the Engine's events, and by a look at all of them now and then. */
import { setTimeout as sleep } from "node:timers/promises";
import { isAppError } from "@/domain/errors";
import type { WorkerContext } from "@/server/context";
import { removeLeftovers } from "@/server/services/release/remove-leftovers";
import { lookForStrays } from "@/server/services/stray/look-for-strays";
import { repeat } from "@/server/services/worker/repeat";
import { noteEngineReach } from "./engine-reach";
import { followEngineEvents } from "./follow-engine-events";
import { lookAtInstances } from "./look-at-instances";
import { measureInstances } from "./measure-instances";
import { restoreRoutes } from "./restore-routes";

const lookEveryMs = 30_000;
const tidyEveryMs = 30_000;
const measureEveryMs = 10_000;
/** An end and the next start come together: one look tells both. */
const settleMs = 20;

/** Until the signal aborts. Whatever fails is tried again. */
export async function observeInstances(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = context;
  /** Services whose containers changed; null: any may have. */
  const changed = new Set<string | null>();
  let wake = Promise.withResolvers<void>();
  const look = (serviceId: string | null) => {
    changed.add(serviceId);
    wake.resolve();
  };
  signal.addEventListener("abort", () => wake.resolve(), { once: true });

  async function followEvents(works: () => void): Promise<number> {
    try {
      await followEngineEvents(context, signal, (serviceId) => {
        works();
        look(serviceId);
      });
    } catch (error) {
      if (!signal.aborted && isAppError(error, "engine_unavailable")) await noteEngineReach(db, false, clock.now());
      throw error;
    }
    return 0;
  }

  async function lookAtChanged(): Promise<number> {
    await wake.promise;
    await sleep(settleMs);
    wake = Promise.withResolvers<void>();
    const services = changed.has(null) ? [null] : [...changed];
    changed.clear();
    for (const serviceId of services) if (!signal.aborted) await lookAtInstances(context, serviceId);
    return 0;
  }

  async function lookAround(): Promise<number> {
    look(null);
    await restoreRoutes(context);
    return lookEveryMs;
  }

  async function tidy(): Promise<number> {
    await removeLeftovers(context, signal);
    await lookForStrays(context);
    return tidyEveryMs;
  }

  async function measure(): Promise<number> {
    await measureInstances(context, signal);
    return measureEveryMs;
  }

  await Promise.all([
    repeat("following the Engine's events", log, signal, followEvents),
    repeat("looking at containers", log, signal, lookAtChanged),
    repeat("looking at routes", log, signal, lookAround),
    repeat("looking for leftovers and strays", log, signal, tidy),
    repeat("measuring containers", log, signal, measure),
  ]);
}

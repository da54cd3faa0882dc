/**
 * For one worker at a time: copies what the router counts around every switch of traffic before the router forgets it,
 * has the guard judge, and keeps the receipt. Where nothing was switched lately it sleeps until something is.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isAppError } from "@/domain/errors";
import { bucketMs } from "@/domain/traffic/bucket";
import type { WorkerContext } from "@/server/context";
import type { ChangeEvent } from "@/server/events";
import { guardSwitch } from "@/server/services/guard/guard-switch";
import { repeat } from "@/server/services/worker/repeat";
import { type Copied, copyRecords } from "./copy-records";
import { listOpenSwitches } from "./list-open-switches";
import { settleSwitch } from "./settle-switch";

/** A hint that was lost is made up for so late. */
const idleLookMs = 60_000;
/** Hints come in bursts: one look tells all of them. */
const settleMs = 200;

/** Until the signal aborts. Whatever fails is tried again. */
export async function watchSwitches(context: WorkerContext, signal: AbortSignal): Promise<void> {
  let watched = new Set<string>();
  let router: Look["router"] = "told";
  let wake = Promise.withResolvers<void>();
  const onEvent = (event: ChangeEvent) => {
    const isNews = event.type === "deployment" || (event.type === "service" && watched.has(event.serviceId));
    if (isNews) wake.resolve();
  };
  const stopHints = [context.changes.onEvent(onEvent), context.changes.onResync(() => wake.resolve())];
  const onAbort = () => wake.resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await repeat("watching what switches of traffic did", context.log, signal, async () => {
      wake = Promise.withResolvers();
      const look = await lookAtSwitches(context);
      watched = look.serviceIds;
      if (look.router === "away" && router !== "away")
        context.log.warn({ err: look.error }, "the router's records cannot be read; trying again");
      router = look.router;
      await orAfter(look.pauseMs, wake.promise);
      return settleMs;
    });
  } finally {
    signal.removeEventListener("abort", onAbort);
    for (const stop of stopHints) stop();
  }
}

async function orAfter(ms: number, hint: Promise<void>): Promise<void> {
  const heard = new AbortController();
  const late = sleep(ms, undefined, { signal: heard.signal }).catch(() => undefined);
  await Promise.race([late, hint]);
  heard.abort();
}

type Look = {
  /** Services whose switches are still watched. */
  serviceIds: Set<string>;
  router: Copied["router"] | "away";
  /** Why the router is taken for away. */
  error?: unknown;
  /** How long to rest where nothing is heard. */
  pauseMs: number;
};

/** One look at all of them. Throws what the database throws. */
export async function lookAtSwitches(context: WorkerContext): Promise<Look> {
  const open = await listOpenSwitches(context.db);
  const copied: Omit<Copied, "router"> & Pick<Look, "router" | "error"> = await copyRecords(context, open).catch(
    (error: unknown) => {
      if (!isAppError(error, "router_unavailable")) throw error;
      return { switches: open, router: "away", error, rereadWithinMs: null };
    },
  );
  const serviceIds = new Set<string>();
  for (const one of copied.switches) {
    const guarded = await guardSwitch(context, one);
    if (!(await settleSwitch(context, guarded, copied.router))) serviceIds.add(one.row.serviceId);
  }
  const pauseMs = serviceIds.size > 0 ? bucketMs : Math.min(copied.rereadWithinMs ?? idleLookMs, idleLookMs);
  return { serviceIds, router: copied.router, error: copied.error, pauseMs };
}

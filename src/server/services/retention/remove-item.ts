import { rm } from "node:fs/promises";
import path from "node:path";
import { sum } from "drizzle-orm";
import type { CleanupPolicy } from "@/domain/retention";
import type { WorkerContext } from "@/server/context";
import { logSources } from "@/server/db/schema";
import { cleanLogs } from "./clean-logs";
import { listCheckouts } from "./list-checkouts";
import { listMirrors } from "./list-mirrors";
import type { CleanupItemRow } from "./plan-items";
import { removeServiceImage } from "./remove-service-image";

/** `freedBytes` null: as planned. */
export type Removal = { outcome: "removed" | "spared"; freedBytes: number | null };

const dayMs = 86_400_000;
const removed: Removal = { outcome: "removed", freedBytes: null };
const spared: Removal = { outcome: "spared", freedBytes: 0 };

/** Removes what a plan named, where it still is as the plan found it. What went already counts as removed. */
export async function removeItem(
  context: WorkerContext,
  item: CleanupItemRow,
  policy: CleanupPolicy,
  signal: AbortSignal,
): Promise<Removal> {
  switch (item.kind) {
    case "image":
      return (await removeServiceImage(context, item, policy, signal)) ? removed : spared;
    case "build_cache":
      return { outcome: "removed", freedBytes: await context.engine.pruneBuildCache(policy.buildCacheBytes, signal) };
    case "mirror":
      return removeMirror(context, item.name, policy);
    case "checkout":
      return removeCheckout(context, item.name);
    case "logs":
      return { outcome: "removed", freedBytes: await removeLogs(context, signal) };
  }
}

async function removeMirror(context: WorkerContext, name: string, { mirrorDays }: CleanupPolicy): Promise<Removal> {
  const mirror = (await listMirrors(context)).find((one) => one.name === name);
  if (!mirror) return removed;
  if (mirror.isNeeded) return spared;
  const unusedSince = new Date(context.clock.now().getTime() - mirrorDays * dayMs);
  return (await context.git.removeMirror(name, unusedSince)) ? removed : spared;
}

async function removeCheckout(context: WorkerContext, name: string): Promise<Removal> {
  const checkout = (await listCheckouts(context)).find((one) => one.name === name);
  if (checkout?.isNeeded) return spared;
  if (checkout) await rm(path.join(context.config.buildsDir, name), { recursive: true, force: true });
  return removed;
}

async function removeLogs(context: WorkerContext, signal: AbortSignal): Promise<number> {
  const before = await logBytes(context);
  await cleanLogs(context, signal);
  return Math.max(0, before - (await logBytes(context)));
}

async function logBytes({ db }: WorkerContext): Promise<number> {
  const [taken] = await db.select({ bytes: sum(logSources.bytes) }).from(logSources);
  return Number(taken?.bytes ?? 0);
}

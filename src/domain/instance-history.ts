import type { InstanceFacts } from "./instance-changes";
import type { ContainerFacts, ServiceEvent } from "./service-event";

export type HistoryEntry = ServiceEvent & { at: Date; key: string };

/**
 * What a look at the containers of a live release adds to its service's history, against what was kept of them. Ends are
 * not part of it: a look after the next start finds no exit code, so they are taken from the Engine's events.
 */
export function instanceHistory(kept: InstanceFacts[], seen: InstanceFacts[], now: Date): HistoryEntry[] {
  const before = new Map(kept.map((one) => [one.name, one]));
  const there = new Set(seen.map((one) => one.name));
  const gone = kept.filter((one) => !there.has(one.name)).map((one) => removed(one, now));
  return [...gone, ...seen.flatMap((one) => changesOf(before.get(one.name), one, now))];
}

function changesOf(kept: InstanceFacts | undefined, seen: InstanceFacts, now: Date): HistoryEntry[] {
  const { startedAt } = seen;
  if (startedAt === null) return [];
  if (!kept || isFirstStart(kept, seen)) return [replaced(seen, startedAt)];
  // A look that began earlier may be written down later: only a later start is news.
  if (kept.startedAt !== null && startedAt <= kept.startedAt) return [];
  if (kept.containerId !== null && kept.containerId !== seen.containerId) {
    return [removed(kept, now), replaced(seen, startedAt)];
  }
  if (seen.status !== "running") return [];
  const key = `restarted:${seen.containerId}:${startedAt.toISOString()}`;
  const details = { ...containerFacts(seen), restartCount: seen.restartCount };
  return [{ kind: "restarted", details, at: startedAt, key }];
}

/** A look may fall between a container's making and its start. */
function isFirstStart(kept: InstanceFacts, seen: InstanceFacts): boolean {
  return kept.startedAt === null && kept.containerId === seen.containerId;
}

function removed(kept: InstanceFacts, at: Date): HistoryEntry {
  const id = kept.containerId ?? `${kept.name}:${kept.startedAt?.toISOString()}`;
  return { kind: "container_removed", details: containerFacts(kept), at, key: `removed:${id}` };
}

function replaced(seen: InstanceFacts, at: Date): HistoryEntry {
  return { kind: "container_replaced", details: containerFacts(seen), at, key: `replaced:${seen.containerId}` };
}

function containerFacts({ name, replica, releaseId }: InstanceFacts): ContainerFacts {
  return { container: name, replica, releaseId };
}

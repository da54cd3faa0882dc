import type { HistoryItem } from "@/features/api/outputs";
import { describeEvent } from "./describe-event";

type EventItem = Extract<HistoryItem, { type: "event" }>;

/** One replica that ended in the same way again and again; `items` are all its ends and restarts, newest first. */
export type CrashLoop = { type: "crash-loop"; id: string; title: string; ends: number; items: EventItem[] };

const fewestEnds = 2;

/**
 * Entries newest first, with what a crash loop wrote folded into one entry for each replica and way of ending: otherwise
 * it would push all else out of sight. Only what stands without anything else in between is folded.
 */
export function foldCrashes(items: readonly HistoryItem[]): (HistoryItem | CrashLoop)[] {
  const folded: (HistoryItem | CrashLoop)[] = [];
  let run: EventItem[] = [];
  for (const item of items) {
    if (isOfCrash(item)) {
      run.push(item);
      continue;
    }
    folded.push(...foldRun(run), item);
    run = [];
  }
  return [...folded, ...foldRun(run)];
}

function isOfCrash(item: HistoryItem): item is EventItem {
  return item.type === "event" && ["exited", "out_of_memory", "restarted"].includes(item.event.kind);
}

/** Entries of one way of ending stand where its newest one stood. */
function foldRun(run: EventItem[]): (HistoryItem | CrashLoop)[] {
  const groups = new Map<string, EventItem[]>();
  for (const [index, item] of run.entries()) {
    const key = keyOf(item, run.slice(index + 1));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((items): (HistoryItem | CrashLoop)[] => {
    const ends = items.filter(({ event }) => event.kind !== "restarted");
    const [newest] = ends;
    if (newest === undefined || ends.length < fewestEnds) return items;
    const { title } = describeEvent(newest.event);
    return [{ type: "crash-loop", id: newest.id, title, ends: ends.length, items }];
  });
}

/** A restart belongs to the end before it. */
function keyOf(item: EventItem, earlier: EventItem[]): string {
  const end =
    item.event.kind === "restarted"
      ? earlier.find((one) => one.event.kind !== "restarted" && replicaOf(one) === replicaOf(item))
      : item;
  return end === undefined ? item.id : `${replicaOf(end)} ${describeEvent(end.event).title}`;
}

function replicaOf({ event }: EventItem): string {
  return "releaseId" in event.details ? `${event.details.releaseId} ${event.details.replica}` : "";
}

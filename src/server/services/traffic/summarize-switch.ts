import { makeTrafficReceipt, type TrafficReceipt } from "@/domain/traffic/receipt";
import type { Db } from "@/server/db/client";
import { readBuckets } from "./read-buckets";
import { backendsOf, coverageOf, type SwitchRow, spanOf } from "./switch-row";

/** What was counted around a switch so far; null where nothing was read: the router cannot tell, or nobody asked it yet. */
export async function summarizeSwitch(db: Db, row: SwitchRow): Promise<TrafficReceipt | null> {
  if (row.traffic !== null || row.countedUntil === null) return row.traffic;
  const buckets = await readBuckets(db, row, row.countUntil);
  return makeTrafficReceipt(spanOf(row), backendsOf(row), buckets, coverageOf(row));
}

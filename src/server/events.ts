/**
 * What travels by NOTIFY: hints that something changed, never the change itself. A reader goes to the tables, so a
 * hint that is lost or doubled does no harm.
 */
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/server/db/client";

export const eventChannel = "helvetia";

export type ChangeEvent =
  | { type: "project"; projectId: string }
  | { type: "service"; projectId: string; serviceId: string }
  | { type: "deployment"; projectId: string; serviceId: string; deploymentId: string }
  | { type: "log"; kind: "build" | "runtime"; sourceId: string; serviceId: string; nextOffset: number }
  | { type: "cancel"; deploymentId: string; serviceId: string }
  /** The order of those that wait for a build slot, or what holds the slots, is another one. */
  | { type: "queue" }
  /** Something waits for a build slot and the worker that saw it has none: for those that have one. */
  | { type: "slot-wanted" }
  /** A worker began or ended: whether any runs may be another answer now. */
  | { type: "worker" }
  /** What everybody may know of the platform is something else now. */
  | { type: "platform" }
  /** A cleanup, a stray, or how full the disks are. */
  | { type: "storage" }
  | { type: "inspection"; inspectionId: string }
  /** It ended, or its person may do something else than before: what is remembered of it is to be forgotten. */
  | { type: "session"; sessionId: string; change: "ended" | "rights" };

/** Delivered when the transaction commits. Payloads stay far below NOTIFY's 8,000 bytes. */
export async function notify(tx: Tx | Db, event: ChangeEvent): Promise<void> {
  await tx.execute(sql`select pg_notify(${eventChannel}, ${JSON.stringify(event)})`);
}

/** What the worker last saw of the disks, as a row that the web reads. */
import { eq } from "drizzle-orm";
import type { DiskView } from "@/contracts/storage";
import type { DiskLevel } from "@/domain/disk";
import type { Db } from "@/server/db/client";
import { instanceFacts } from "@/server/db/schema";

const factKey = "disks";

export type DiskReport = {
  disks: DiskView[];
  level: DiskLevel;
  /** When a full disk last asked for a cleanup (ms since 1970), and how full it was then. */
  pressed: { atMs: number; level: DiskLevel } | null;
};

/** Null before a worker ever looked. */
export async function readDiskReport(db: Db): Promise<(DiskReport & { at: Date }) | null> {
  const [fact] = await db.select().from(instanceFacts).where(eq(instanceFacts.key, factKey));
  return fact ? { ...(fact.value as DiskReport), at: fact.at } : null; // safe because writeDiskReport alone writes this fact
}

export async function writeDiskReport(db: Db, report: DiskReport, at: Date): Promise<void> {
  await db
    .insert(instanceFacts)
    .values({ key: factKey, value: report, at })
    .onConflictDoUpdate({ target: instanceFacts.key, set: { value: report, at } });
}

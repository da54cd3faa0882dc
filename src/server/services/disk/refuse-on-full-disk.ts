import type { DiskView } from "@/contracts/storage";
import { formatMark, usedPercent } from "@/domain/disk";
import { AppError, isAppError } from "@/domain/errors";
import type { WorkerContext } from "@/server/context";
import { readDisks } from "./read-disks";

const names: Record<DiskView["place"], string> = {
  engine: "The disk of the Docker Engine",
  data: "The disk of the platform's data directory",
  database: "The disk of the database",
};

/** Before anything that fills disks: throws disk_nearly_full where one reached its second mark. Looks at them anew. */
export async function refuseOnFullDisk(context: Pick<WorkerContext, "engine" | "config" | "db">): Promise<void> {
  const full = (await readDisks(context)).find((disk) => disk.level === "refuse");
  if (!full) return;
  const { refuse } = context.config.diskMarks;
  const mark = "usedPercent" in refuse ? `${refuse.usedPercent}% on` : `${formatMark(refuse)} left`;
  const details = { place: full.place, freeBytes: full.freeBytes, totalBytes: full.totalBytes };
  throw new AppError("disk_nearly_full", {
    message: `${names[full.place]} is ${Math.floor(usedPercent(full))}% full. New builds and pulls are refused from ${mark}, so that what runs goes on running.`,
    details,
  });
}

/**
 * Does the work, which must take little of the disks, while they are looked at: a deployment waits for the longer of the
 * two. What the disks say comes before what the work says, except that one ran full under it. Throws disk_nearly_full,
 * and what the work throws.
 */
export async function whileDisksAreLookedAt<T>(
  context: Pick<WorkerContext, "engine" | "config" | "db">,
  work: Promise<T>,
): Promise<T> {
  const [looked, worked] = await Promise.allSettled([refuseOnFullDisk(context), work]);
  if (worked.status === "rejected" && isAppError(worked.reason, "disk_full")) throw worked.reason;
  if (looked.status === "rejected") throw looked.reason;
  if (worked.status === "rejected") throw worked.reason;
  return worked.value;
}

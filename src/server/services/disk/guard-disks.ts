import { type DiskView, diskPlaces } from "@/contracts/storage";
import { type DiskLevel, diskLevels, usedPercent, worstLevel } from "@/domain/disk";
import type { WorkerContext } from "@/server/context";
import { notify } from "@/server/events";
import { requestCleanup } from "@/server/services/retention/request-cleanup";
import { type DiskReport, readDiskReport, writeDiskReport } from "./disk-report";
import { readDisks } from "./read-disks";

const calmMs = 60_000;
const pressedMs = 15_000;
/** A disk that stays full after a cleanup is full of something else. */
const pressAgainMs = 3_600_000;
/** In percent of the disk: less is no news. */
const worthTelling = 1;

type GuardContext = Pick<WorkerContext, "engine" | "config" | "db" | "clock" | "log">;

/**
 * Looks at the disks, writes down how full they are, and asks for a cleanup where one reached its mark. Returns how long
 * to wait until the next look, in ms. Throws engine_unavailable.
 */
export async function guardDisks(context: GuardContext): Promise<number> {
  const { db, clock, log } = context;
  const now = clock.now();
  const disks = await readDisks(context);
  const level = worstLevel(disks.map((disk) => disk.level));
  const before = await readDiskReport(db);
  if (before?.level !== level && (level !== "ok" || before))
    log.warn({ level, disks }, "a disk reached a mark, or left it");
  const pressed = isPressing(level, before, now) && (await press(context)) ? { atMs: now.getTime(), level } : null;
  await writeDiskReport(
    db,
    { disks, level, pressed: pressed ?? (level === "ok" ? null : (before?.pressed ?? null)) },
    now,
  );
  if (!before || before.level !== level || isNews(before.disks, disks)) await notify(db, { type: "storage" });
  if (before?.level !== level) await notify(db, { type: "platform" });
  return level === "ok" ? calmMs : pressedMs;
}

function isPressing(level: DiskLevel, before: DiskReport | null, now: Date): boolean {
  if (level === "ok") return false;
  const last = before?.pressed;
  if (!last || now.getTime() - last.atMs >= pressAgainMs) return true;
  return diskLevels.indexOf(level) > diskLevels.indexOf(last.level);
}

/** False where another cleanup is under way, which may keep more: the next look asks again. */
async function press(context: GuardContext): Promise<boolean> {
  const request = { mode: "clean", trigger: "disk" } as const;
  return (await context.db.transaction((tx) => requestCleanup(tx, context, request))).isNew;
}

function isNews(before: DiskView[], now: DiskView[]): boolean {
  const percentOf = (disks: DiskView[], place: DiskView["place"]) => {
    const disk = disks.find((one) => one.place === place);
    return disk ? usedPercent(disk) : -worthTelling;
  };
  return diskPlaces.some((place) => Math.abs(percentOf(before, place) - percentOf(now, place)) >= worthTelling);
}

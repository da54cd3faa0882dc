import type { PlatformView } from "@/contracts/platform";
import { usedPercent } from "@/domain/disk";
import type { ServiceContext } from "@/server/context";
import { readDiskReport } from "@/server/services/disk/disk-report";
import { engineUnreachableSince } from "@/server/services/instance/engine-reach";
import { isWorkerRunning } from "@/server/services/worker/heartbeat";

export async function getPlatform(context: Pick<ServiceContext, "db">): Promise<PlatformView> {
  const [workerRunning, unreachableSince, report] = await Promise.all([
    isWorkerRunning(context),
    engineUnreachableSince(context.db),
    readDiskReport(context.db),
  ]);
  const full = report?.disks.find((disk) => disk.level !== "ok" && disk.level === report.level);
  return {
    workerRunning,
    engineUnreachableSince: unreachableSince,
    fullDisk: full ? { place: full.place, level: full.level, usedPercent: Math.floor(usedPercent(full)) } : null,
  };
}

import type { StorageView } from "@/contracts/storage";
import { formatMark } from "@/domain/disk";
import type { ServiceContext } from "@/server/context";
import { readDiskReport } from "@/server/services/disk/disk-report";
import { cleanupPolicy } from "@/server/services/retention/cleanup-policy";

/** How full the disks are, and by which rules the platform cleans. */
export async function getStorage({ db, config }: Pick<ServiceContext, "db" | "config">): Promise<StorageView> {
  const report = await readDiskReport(db);
  const { clean, refuse } = config.diskMarks;
  return {
    disks: report?.disks ?? [],
    checkedAt: report?.at ?? null,
    level: report?.level ?? "ok",
    marks: { clean: formatMark(clean), refuse: formatMark(refuse) },
    policy: { ...cleanupPolicy(config, "schedule"), logDays: config.retention.logDays },
  };
}

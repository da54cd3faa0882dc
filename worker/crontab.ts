/** What happens by the clock. Everything else happens because somebody asked, or something ended. */
import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import { type JobName, jobCatalog } from "@/server/jobs/catalog";

const entries: { task: JobName; match: string; key: string }[] = [
  // At a quiet hour, and not at the full one, when everybody's clocks strike.
  { task: "retention.clean", match: "17 3 * * *", key: "retention" },
  // Who writes much asks for it at once; this is for the many that write little.
  { task: "logs.trim", match: "41 * * * *", key: "logs-trim" },
];

export function cronItems(): ParsedCronItem[] {
  return parseCronItems(
    entries.map(({ task, match, key }) => ({
      task,
      match,
      identifier: task,
      options: { jobKey: key, maxAttempts: jobCatalog[task].maxAttempts, backfillPeriod: 0 },
    })),
  );
}

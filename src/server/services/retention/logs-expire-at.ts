import type { Config } from "@/server/config";

const dayMs = 86_400_000;

/** Lines of logs from before then are past their time. */
export function logsExpireAt({ retention }: Pick<Config, "retention">, now: Date): Date {
  return new Date(now.getTime() - retention.logDays * dayMs);
}

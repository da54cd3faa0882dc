import { backendName, placeholderName } from "@/domain/naming";
import type { Coverage } from "@/domain/traffic/coverage";
import type { SwitchBackends, SwitchSpan } from "@/domain/traffic/receipt";
import type { trafficSwitches } from "@/server/db/schema";

export type SwitchRow = typeof trafficSwitches.$inferSelect;

export function spanOf({ countFrom, switchedAt, countUntil }: SwitchRow): SwitchSpan {
  return { from: countFrom, switchedAt, until: countUntil };
}

export function backendsOf({ serviceId, releaseId, replacedReleaseId }: SwitchRow): SwitchBackends {
  return {
    before: replacedReleaseId === null ? null : backendName(replacedReleaseId),
    after: backendName(releaseId),
    placeholder: placeholderName(serviceId, "crashing"),
  };
}

export function backendNames(row: SwitchRow): string[] {
  const { before, after, placeholder } = backendsOf(row);
  return before === null ? [after, placeholder] : [before, after, placeholder];
}

export function coverageOf({ countedUntil, countedBy, gaps }: SwitchRow): Coverage {
  return { countedUntil, countedBy, gaps };
}

/** Whether somebody still asks what happens after this switch: the receipt or the guard. */
export function isWatched({ guardUntil, verdict }: SwitchRow): boolean {
  return guardUntil !== null && verdict === null;
}

import { sql } from "drizzle-orm";
import type { HealthFacts } from "@/domain/service-health";

/** What health needs of a container, as compact JSON: release, status, restarts, start. */
export type InstanceFact = [releaseId: string, status: string, restartCount: number, startedAt: string | null];

/** The containers last seen of the row of `services`. Written out: drizzle drops table names where nothing is joined. */
export const instanceFacts = sql<InstanceFact[]>`(
  select coalesce(json_agg(json_build_array(i.release_id, i.status, i.restart_count, i.started_at)), '[]')
  from instances as i
  where i.service_id = services.id)`;

export function toInstanceFacts(facts: InstanceFact[]): HealthFacts["instances"] {
  return facts.map(([releaseId, status, restartCount, startedAt]) => ({
    releaseId,
    status,
    restartCount,
    startedAt: startedAt === null ? null : new Date(startedAt),
  }));
}

import { sql } from "drizzle-orm";
import type { HealthFacts } from "@/domain/service-health";
import { instances, services } from "@/server/db/schema";

/** What health needs of a container, as compact JSON: release, status, restarts, start. */
export type InstanceFact = [releaseId: string, status: string, restartCount: number, startedAt: string | null];

/** The containers last seen of the service of the row. */
export const instanceFacts = sql<InstanceFact[]>`(
  select coalesce(json_agg(json_build_array(
    ${instances.releaseId}, ${instances.status}, ${instances.restartCount}, ${instances.startedAt})), '[]')
  from ${instances}
  where ${instances.serviceId} = ${services.id})`;

export function toInstanceFacts(facts: InstanceFact[]): HealthFacts["instances"] {
  return facts.map(([releaseId, status, restartCount, startedAt]) => ({
    releaseId,
    status,
    restartCount,
    startedAt: startedAt === null ? null : new Date(startedAt),
  }));
}

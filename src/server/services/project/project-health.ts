/** How the services of a project fare, by the same rule as each service's own page. */
import { sql } from "drizzle-orm";
import type { ProjectSummary } from "@/contracts/project";
import { type HealthFacts, serviceHealth } from "@/domain/service-health";
import { type InstanceFact, instanceFacts, toInstanceFacts } from "@/server/services/service/instance-facts";

export type ServiceFact = [
  desiredState: HealthFacts["desiredState"],
  latestStatus: HealthFacts["latestStatus"],
  liveReleaseId: string | null,
  liveReplicas: number | null,
  instances: InstanceFact[],
];

/** The services of the row of `projects`. */
export const projectHealthFacts = sql<ServiceFact[]>`(
  select coalesce(json_agg(json_build_array(
    services.desired_state, latest.status, live.release_id, (live.snapshot -> 'runtime' ->> 'replicas')::int,
    ${instanceFacts})), '[]')
  from services
  left join deployments as live on live.id = services.live_deployment_id
  left join deployments as latest on latest.service_id = services.id and latest.number = services.last_deployment_number
  where services.project_id = projects.id)`;

export function countHealth(
  facts: ServiceFact[],
  now: Date,
): Pick<ProjectSummary, "serviceCount" | "runningCount" | "failingCount"> {
  const states = facts.map((fact) => serviceHealth(toHealthFacts(fact), now));
  const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    serviceCount: states.length,
    runningCount: count("running"),
    failingCount: count("crashing", "degraded"),
  };
}

function toHealthFacts([desiredState, latestStatus, releaseId, replicas, seen]: ServiceFact): HealthFacts {
  return {
    desiredState,
    latestStatus,
    live: releaseId === null || replicas === null ? null : { releaseId, replicas },
    instances: toInstanceFacts(seen),
  };
}

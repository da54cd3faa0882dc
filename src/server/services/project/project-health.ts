/**
 * How the services of a project fare, by the same rule as each service's own page. PostgreSQL counts those that are alike:
 * a project may have thousands, and handing each of them on took longer than finding them.
 */
import { sql } from "drizzle-orm";
import type { ProjectSummary } from "@/contracts/project";
import { unfinishedStatuses } from "@/domain/deployment/status";
import { countedHealth, type HealthCounts, isFailing, isSettled, type ServiceHealth } from "@/domain/service-health";

export type AlikeServices = [
  desiredState: HealthCounts["desiredState"],
  isDeploying: boolean,
  replicas: number | null,
  neverRestarted: number,
  restarted: [restartCount: number, startedAt: string][] | null,
  count: number,
];

// As text, not as parameters: only so the small index of deployments under way is used.
const unfinished = sql.raw(unfinishedStatuses.map((status) => `'${status}'`).join(", "));

/** Of the row of `projects`. Running containers that restarted are handed on one by one: time decides whether they count. */
export const projectHealthFacts = sql<AlikeServices[]>`(
  select coalesce(json_agg(json_build_array(
    desired_state, is_deploying, replicas, never_restarted, restarted, services)), '[]')
  from (
    select services.desired_state, running.never_restarted, running.restarted,
      (live.snapshot -> 'runtime' ->> 'replicas')::int as replicas,
      exists (
        select from deployments as latest
        where latest.service_id = services.id and latest.number = services.last_deployment_number
          and latest.status in (${unfinished})) as is_deploying,
      count(*) as services
    from services
    left join deployments as live on live.id = services.live_deployment_id
    left join lateral (
      select count(*) filter (where restart_count = 0 or started_at is null) as never_restarted,
        jsonb_agg(jsonb_build_array(restart_count, started_at))
          filter (where restart_count > 0 and started_at is not null) as restarted
      from instances as seen
      where seen.service_id = services.id and seen.release_id = live.release_id
        and seen.status = 'running') as running on true
    where services.project_id = projects.id
    group by 1, 2, 3, 4, 5) as alike)`;

export function countHealth(
  facts: AlikeServices[],
  now: Date,
): Pick<ProjectSummary, "serviceCount" | "runningCount" | "failingCount"> {
  const alike = facts.map(([desiredState, isDeploying, replicas, neverRestarted, restarted, count]) => {
    const settled = (restarted ?? []).filter(([restartCount, startedAt]) =>
      isSettled({ status: "running", restartCount, startedAt: new Date(startedAt) }, now),
    );
    return {
      // Which way it fails does not matter here.
      health: countedHealth({
        desiredState,
        isDeploying,
        replicas,
        settled: neverRestarted + settled.length,
        restarts: 0,
      }),
      count,
    };
  });
  const count = (isWanted: (health: ServiceHealth) => boolean) =>
    alike.reduce((sum, one) => (isWanted(one.health) ? sum + one.count : sum), 0);
  return {
    serviceCount: alike.reduce((sum, one) => sum + one.count, 0),
    runningCount: count((health) => health === "running"),
    failingCount: count(isFailing),
  };
}

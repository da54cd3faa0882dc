/** Fills an organization in SQL alone: a million deployments in a minute or two. Nothing of it was ever built or run. */
import { sql } from "drizzle-orm";
import type { Db } from "@/server/db/client";
import { defaultBuild, defaultRuntime, testCipher } from "@/testing/factories";
import { deploymentsEach, loggedDeployments, type ScaleSize } from "./scale-size";
import { seedRest } from "./seed-rest";
import { idOf, type SeedOwner, type SeedStep } from "./seed-step";

const json = (value: unknown) => sql.raw(`'${JSON.stringify(value)}'::jsonb`);

const source = { type: "git", url: "https://git.example.com/team/app.git", branch: "main", rootDirectory: "" };
const snapshot = { source, build: defaultBuild, runtime: defaultRuntime, hosts: ["app.example.com"] };

/** Needs a superuser. Statistics are up to date afterwards, as autovacuum leaves them. */
export async function seedScale(
  db: Db,
  owner: SeedOwner,
  size: ScaleSize,
  say: (text: string) => void = () => {},
): Promise<void> {
  const steps = [...seedServices(owner, size), ...seedDeployments(size), ...seedRest(owner, size)];
  await db.transaction(async (tx) => {
    // Every reference is right by construction; looking up four million of them would take most of the time.
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const [what, statement] of steps) {
      say(what);
      await tx.execute(statement);
    }
  });
  say("statistics");
  await db.execute(sql`vacuum analyze`);
}

function seedServices({ organizationId }: SeedOwner, size: ScaleSize): SeedStep[] {
  const { projects, services, servicesInFirstProject, queued, deploymentsOfFirstService } = size;
  const n = sql`n`;
  const project = sql`(case when n < ${servicesInFirstProject}::int then 0 else 1 + n % ${projects - 1}::int end)`;
  const each = deploymentsEach(size);
  const count = sql`(case when n = 0 then ${deploymentsOfFirstService}::int else ${each}::int end)`;
  const newest = sql`(${deploymentsOfFirstService}::int - 1 + n * ${each}::int)`;
  // Of a service whose newest one waits, the one before it is live.
  const live = sql`${newest} - (case when n between 1 and ${queued}::int then 1 else 0 end)`;
  const stopped = sql`(case when n % 20 = 19 then 'stopped' else 'running' end)::desired_state`;
  return [
    [
      `${projects} projects`,
      sql`insert into projects (id, organization_id, name, slug, created_at)
        select ${idOf("project", n)}, ${organizationId}, 'Project ' || n, 'project-' || n, now() - n * interval '1 hour'
        from generate_series(0, ${projects - 1}::int) as n`,
    ],
    [
      "their environments",
      sql`insert into environments (id, project_id, name, slug, subnet_index)
        select ${idOf("environment", n)}, ${idOf("project", n)}, 'Production', 'production', 100000 + n
        from generate_series(0, ${projects - 1}::int) as n`,
    ],
    [
      `${services} services`,
      sql`insert into services (id, project_id, organization_id, environment_id, name, slug, platform_host, source, build,
          runtime, desired_state, live_deployment_id, last_deployment_number, created_at)
        select ${idOf("service", n)}, ${idOf("project", project)}, ${organizationId}, ${idOf("environment", project)},
          'Service ' || n, 'service-' || n, 'service-' || n || '.example.com', ${json(source)}, ${json(defaultBuild)},
          ${json(defaultRuntime)}, ${stopped}, ${idOf("deployment", live)}, ${count}, now() - n * interval '1 minute'
        from generate_series(0, ${services - 1}::int) as n`,
    ],
  ];
}

function seedDeployments(size: ScaleSize): SeedStep[] {
  const { services, deployments, deploymentsOfFirstService: first, queued, logChunks } = size;
  const each = deploymentsEach(size);
  const numbered = sql`
    select 0 as service, number, number - 1 as n from generate_series(1, ${first}::int) as number
    union all
    select service, number, ${first}::int + (service - 1) * ${each}::int + number - 1
    from generate_series(1, ${services - 1}::int) as service, generate_series(1, ${each}::int) as number`;
  const deploymentId = idOf("deployment", sql`n`);
  return [
    [
      `${deployments} deployments`,
      sql`insert into deployments (id, service_id, project_id, number, status, trigger, snapshot, environment_encrypted,
          commit_sha, commit_message, build_key, image_reference, release_id, created_at, started_at, finished_at, live_at,
          warm_until)
        select ${deploymentId}, services.id, services.project_id, number,
          (case when ${deploymentId} = services.live_deployment_id then 'live'
            when number = services.last_deployment_number and service between 1 and ${queued}::int then 'queued'
            when number % 9 = 0 then 'failed' else 'retired' end)::deployment_status,
          'push', ${json(snapshot)}, ${testCipher.encrypt("[]")}, md5(n::text) || 'aaaaaaaa', 'Commit ' || n, md5(n::text),
          'helvetia/app:' || n, ${deploymentId}, at, at, at + interval '1 minute', at + interval '1 minute',
          case when service % 5 = 4 and number = services.last_deployment_number - 1 then now() + interval '1 hour' end
        from (${numbered}) as numbered
        join services on services.id = ${idOf("service", sql`service`)},
        lateral (select now() - (services.last_deployment_number - number) * interval '1 hour' as at) as times`,
    ],
    [
      "their phases",
      sql`insert into deployment_phases (deployment_id, phase, started_at, finished_at, outcome)
        select id, phase, created_at, created_at + interval '10 seconds', 'done'
        from deployments, unnest(array['queued', 'fetching', 'building', 'releasing']::deployment_phase[]) as phase`,
    ],
    [
      "where their logs stand",
      sql`insert into log_sources (source_id, kind, service_id, next_offset, bytes)
        select id, 'build', service_id,
          case when service_id = ${idOf("service", sql`0`)} and number > ${first - loggedDeployments}::int
            then ${logChunks}::int * 100 else 100 end, 10000
        from deployments`,
    ],
  ];
}

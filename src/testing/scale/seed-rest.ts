/** What there is beside services and deployments: containers, leases, events, lines, and what the operator sees. */
import { sql } from "drizzle-orm";
import { testCipher } from "@/testing/factories";
import { linesInChunk, loggedDeployments, type ScaleSize } from "./scale-size";
import { idOf, type SeedOwner, type SeedStep } from "./seed-step";

export function seedRest(owner: SeedOwner, size: ScaleSize): SeedStep[] {
  return [...seedPeople(owner, size), ...seedWorld(size), ...seedOperator(owner, size)];
}

function seedPeople(
  { organizationId, userId }: SeedOwner,
  { members, invitations, auditEntries }: ScaleSize,
): SeedStep[] {
  const n = sql`n`;
  return [
    [
      `${members} members`,
      sql`with people as (
          insert into users (id, email, name)
          select ${idOf("user", n)}, 'person-' || n || '@example.com', 'Person ' || n
          from generate_series(0, ${members - 1}::int) as n returning id)
        insert into memberships (organization_id, user_id, role) select ${organizationId}, id, 'developer' from people`,
    ],
    [
      `${auditEntries} entries of the trail`,
      sql`insert into audit_log (id, organization_id, actor_type, actor_id, action, resource_type, resource_id, detail, at)
        select ${idOf("audit", n)}, ${organizationId}, 'user',
          case when n % 1000 = 999 then ${userId} else ${idOf("user", sql`n % ${members}::int`)} end,
          case when n % 1000 = 999 then 'invitation.create' else 'service.update' end, 'service',
          ${idOf("service", sql`n % 100`)}, '{"name": "Web"}', now() - n * interval '1 second'
        from generate_series(0, ${auditEntries - 1}::int) as n`,
    ],
    [
      `${invitations} invitations`,
      sql`insert into invitations (id, organization_id, role, token_hash, invited_by, created_at, expires_at)
        select ${idOf("invitation", n)}, ${organizationId}, 'viewer', encode(sha256(('token-' || n)::bytea), 'hex'),
          ${userId}, now() - n * interval '1 second', now() + interval '7 days'
        from generate_series(0, ${invitations - 1}::int) as n`,
    ],
  ];
}

function seedWorld({ eventsEach, logChunks, deploymentsOfFirstService: first }: ScaleSize): SeedStep[] {
  return [
    [
      "their containers",
      sql`insert into instances (name, service_id, release_id, replica, container_id, status, started_at, observed_at)
        select 'instance-' || id, id, live_deployment_id, 0, md5(id), 'running', now() - interval '1 day', now()
        from services where desired_state = 'running'`,
    ],
    [
      "their leases",
      sql`insert into leases (key, holder, token, expires_at)
        select 'service:' || id, 'worker', 100, now() - interval '1 hour' from services`,
    ],
    [
      "their events",
      sql`insert into service_events (id, service_id, at, kind, details, key)
        select 'evt_' || left(md5(id || n), 20), id, now() - n * interval '1 day', 'service_stopped',
          '{"byUserId": null}', n::text
        from services, generate_series(1, ${eventsEach}::int) as n`,
    ],
    [
      "their variables",
      sql`insert into variables (id, service_id, key, kind, value_encrypted)
        select 'var_' || left(md5(id || n), 20), id, 'KEY_' || n, 'plain', ${testCipher.encrypt("value")}
        from services, generate_series(1, 20) as n`,
    ],
    [
      "lines of logs",
      sql`insert into log_chunks (source_id, kind, service_id, first_offset, line_count, bytes, lines)
        select id, 'build', service_id, chunk * ${linesInChunk}::int, ${linesInChunk}::int, 10000, (
          select json_agg(json_build_object('t', 1700000000000 + chunk * 1000 + line, 's', 'stdout',
            'x', 'line ' || line || ' of chunk ' || chunk || ' says nothing that anybody would search for')
            order by line)
          from generate_series(0, ${linesInChunk - 1}::int) as line)
        from deployments, generate_series(0, ${logChunks - 1}::int) as chunk
        where service_id = ${idOf("service", sql`0`)} and number > ${first - loggedDeployments}::int`,
    ],
  ];
}

function seedOperator({ userId }: SeedOwner, size: ScaleSize): SeedStep[] {
  const n = sql`n`;
  const { projects, strays, cleanups, cleanupItems, sessions } = size;
  return [
    [
      `${strays} strays`,
      sql`insert into strays (id, kind, name, labels, reason, first_seen_at)
        select ${idOf("stray", n)}, 'network', 'stray-' || n, '{}', 'no_environment', now() - n * interval '1 minute'
        from generate_series(0, ${strays - 1}::int) as n`,
    ],
    [
      `${cleanups} cleanups`,
      sql`insert into cleanups (id, mode, trigger, status, created_at, finished_at)
        select ${idOf("cleanup", n)}, 'clean', 'schedule', 'done', now() - n * interval '1 day', now()
        from generate_series(0, ${cleanups - 1}::int) as n`,
    ],
    [
      "what they did",
      sql`insert into cleanup_items (cleanup_id, position, kind, name, size_bytes, frees_bytes, verdict, reason, outcome)
        select ${idOf("cleanup", n)}, position, 'image', 'helvetia/app:' || position, 1000, 1000, 'remove', 'expired',
          'removed'
        from generate_series(0, ${cleanups - 1}::int) as n,
          generate_series(0, case when n = 0 then ${cleanupItems - 1}::int else 99 end) as position`,
    ],
    [
      "looks at repositories",
      sql`insert into inspections (id, project_id, source, build, status)
        select ${idOf("inspection", n)}, projects.id, '{}', '{}', 'done'
        from generate_series(0, 999) as n join projects on projects.id = ${idOf("project", sql`n % ${projects}::int`)}`,
    ],
    [
      `${sessions} sessions`,
      sql`insert into sessions (id, user_id, expires_at)
        select ${idOf("session", n)}, ${userId}, now() + interval '1 day'
        from generate_series(0, ${sessions - 1}::int) as n`,
    ],
  ];
}

/** Compares what the rows say with what is there. Every difference is a sentence; none is what we want. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { unfinishedStatuses } from "@/domain/deployment/status";
import { containerName, label, networkName, routeFileName } from "@/domain/naming";
import type { Ledger } from "./people";
import type { World } from "./world";

type Row = {
  id: string;
  service_id: string;
  status: string;
  release_id: string;
  image_reference: string | null;
  warm: boolean;
  replicas: number;
  live: boolean;
};

export type Check = { name: string; differences: string[] };

export async function inspectWorld(world: World, ledger: Ledger): Promise<Check[]> {
  const rows = await world.query<Row>(`
    select d.id, d.service_id, d.status, d.release_id, d.image_reference, d.warm_until is not null as warm,
      (d.snapshot->'runtime'->>'replicas')::int as replicas, s.live_deployment_id = d.id as live
    from deployments d join services s on s.id = d.service_id`);
  return [
    { name: "every deployment is over", differences: unfinished(rows) },
    { name: "no deployment that was accepted is lost", differences: lost(rows, ledger) },
    { name: "no stray container, none missing", differences: await containers(world, rows) },
    { name: "no stray network, none missing", differences: await networks(world) },
    { name: "no stray image, none missing", differences: await images(world, rows) },
    { name: "no stray route, none missing", differences: await routes(world, rows) },
    { name: "no lease is held, no job waits for a dead worker", differences: await leftovers(world) },
  ];
}

function unfinished(rows: Row[]): string[] {
  const statuses: readonly string[] = unfinishedStatuses;
  return rows.filter(({ status }) => statuses.includes(status)).map(({ id, status }) => `${id} is ${status}`);
}

function lost(rows: Row[], { acknowledged }: Ledger): string[] {
  const there = new Set(rows.map(({ id }) => id));
  return [...acknowledged].filter((id) => !there.has(id)).map((id) => `${id} is gone`);
}

async function containers({ docker, instance }: World, rows: Row[]): Promise<string[]> {
  const wanted = rows
    .filter(({ live, warm }) => live || warm)
    .flatMap((row) => Array.from({ length: row.replicas }, (_, replica) => containerName(row.release_id, replica)));
  const found = await docker.engine.listContainers({ [label.instance]: instance.instanceId });
  const idle = found.filter(({ status }) => status !== "running").map(({ name, status }) => `${name} is ${status}`);
  return [
    ...compare(
      found.map(({ name }) => name),
      wanted,
    ),
    ...idle,
  ];
}

async function networks(world: World): Promise<string[]> {
  const rows = await world.query<{ id: string }>(`
    select distinct environment_id as id from services where live_deployment_id is not null`);
  const found = await world.docker.engine.listNetworks({ [label.instance]: world.instance.instanceId });
  return compare(
    found.map(({ name }) => name),
    rows.map(({ id }) => networkName(id)),
  );
}

async function images({ docker, instance }: World, rows: Row[]): Promise<string[]> {
  const wanted = rows.flatMap(({ image_reference: reference }) => (reference === null ? [] : [reference]));
  const found = await docker.engine.listImages({ [label.managed]: "true", [label.instance]: instance.instanceId });
  return compare(
    found.map(({ reference }) => reference),
    wanted,
  );
}

async function routes({ instance }: World, rows: Row[]): Promise<string[]> {
  const wanted = rows.filter(({ live }) => live).map(({ service_id: id }) => routeFileName(id));
  return compare(await readdir(path.join(instance.dataDirectory, "routes")), wanted);
}

async function leftovers(world: World): Promise<string[]> {
  const leases = await world.query<{ key: string }>(`
    select key from leases where expires_at > clock_timestamp() and (key like 'service:%' or key like 'release:%')`);
  const jobs = await world.query<{ task: string }>(`
    select t.identifier as task from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is not null and not exists (
      select from instance_facts f where f.key like 'worker:%' and f.at > clock_timestamp() - interval '15 s'
        and f.value->'queueWorkers' ? j.locked_by)`);
  return [...leases.map(({ key }) => `the lease ${key} is held`), ...jobs.map(({ task }) => `a job ${task} is locked`)];
}

function compare(found: string[], wanted: string[]): string[] {
  const [there, due] = [new Set(found), new Set(wanted)];
  return [
    ...[...there].filter((name) => !due.has(name)).map((name) => `${name} is stray`),
    ...[...due].filter((name) => !there.has(name)).map((name) => `${name} is missing`),
  ];
}

/**
 * Brings back all work that nobody does: the queue only hints, and what a killed worker left is found in the tables.
 * Runs at boot and then whenever the next lease lapses, at least every half minute.
 */
import { and, eq, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { buildQueue } from "@/domain/deployment/build-queue";
import type { WorkerContext } from "@/server/context";
import { deployments, instances, leases, projects, services } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { loadUnfinished } from "@/server/services/build-queue/load-unfinished";
import { enqueueRun } from "@/server/services/deployment-run/enqueue-run";
import { enqueueUnfinishedCleanups } from "@/server/services/retention/enqueue-unfinished-cleanups";
import { freeDeadJobs } from "./free-dead-jobs";
import { deadAfterMs } from "./heartbeat";

const longestPauseMs = 30_000;
const shortestPauseMs = 100;

type SweepContext = Pick<WorkerContext, "db" | "clock" | "buildSlots">;

/** Returns how long to wait until the next sweep, in ms. */
export async function sweep(context: SweepContext, options = { deadAfterMs }): Promise<number> {
  const { db } = context;
  await freeDeadJobs(db, options.deadAfterMs);
  await enqueueAbandoned(context);
  await enqueueUnconverged(context);
  await enqueueWarm(context);
  await enqueueUnfinishedCleanups(db);
  return nextSweepMs(context);
}

/** Whether nobody works on the service that the column names. */
function leaseIsFree(serviceId: typeof services.id): SQL {
  return sql`not exists (
    select from ${leases} where ${leases.key} = 'service:' || ${serviceId} and ${leases.expiresAt} > clock_timestamp())`;
}

/** Has deployments that nobody works on worked on; of those that need a build slot as many as this worker has free. */
async function enqueueAbandoned({ db, buildSlots }: SweepContext): Promise<void> {
  const { ready, waiting } = buildQueue(await loadUnfinished(db));
  const begun = waiting.filter((one) => !one.isHeld).slice(0, buildSlots.free);
  for (const { serviceId } of [...ready, ...begun]) await enqueueRun(db, serviceId);
}

async function enqueueUnconverged({ db }: SweepContext): Promise<void> {
  const hasInstance = (status: "running" | "exited") => sql`exists (
    select from ${instances} where ${instances.serviceId} = ${services.id} and ${instances.status} = ${status})`;
  const unconverged = await db
    .select({ serviceId: services.id })
    .from(services)
    .where(
      and(
        or(
          eq(services.desiredState, "deleted"),
          and(eq(services.desiredState, "stopped"), hasInstance("running")),
          // The Engine starts again what ended by itself: one that stays down was stopped.
          and(eq(services.desiredState, "running"), isNotNull(services.liveDeploymentId), hasInstance("exited")),
        ),
        leaseIsFree(services.id),
      ),
    );
  for (const { serviceId } of unconverged) await enqueue(db, "service.converge", { serviceId });
  const doomed = await db.select({ projectId: projects.id }).from(projects).where(isNotNull(projects.deletingAt));
  for (const { projectId } of doomed) await enqueue(db, "project.remove", { projectId });
}

async function enqueueWarm({ db, clock }: SweepContext): Promise<void> {
  const due = await db
    .selectDistinct({ serviceId: deployments.serviceId })
    .from(deployments)
    .where(and(isNotNull(deployments.warmUntil), lt(deployments.warmUntil, clock.now())));
  for (const { serviceId } of due) await enqueue(db, "release.cool", { serviceId });
}

/** The moment after the earliest lease lapses: a worker that died holding it is found then. */
async function nextSweepMs({ db }: Pick<SweepContext, "db">): Promise<number> {
  const [next] = await db
    .select({ ms: sql<number | null>`extract(epoch from min(${leases.expiresAt}) - clock_timestamp())::float8 * 1000` })
    .from(leases)
    .where(sql`starts_with(${leases.key}, 'service:') and ${leases.expiresAt} > clock_timestamp()`);
  return Math.max(shortestPauseMs, Math.min(longestPauseMs, (next?.ms ?? longestPauseMs) + shortestPauseMs));
}

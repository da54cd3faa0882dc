import { eq, sql } from "drizzle-orm";
import { type Coverage, extendCoverage } from "@/domain/traffic/coverage";
import type { WorkerContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { trafficSamples, trafficSwitches } from "@/server/db/schema";
import type { TrafficReading } from "@/server/ports";
import type { OpenSwitch } from "./list-open-switches";
import { backendNames, coverageOf, type SwitchRow, spanOf } from "./switch-row";

export type Copied = {
  /** As they are now. */
  switches: OpenSwitch[];
  router: "told" | "cannot_tell";
  /** See TrafficReading. */
  rereadWithinMs: number | null;
};

/**
 * Copies what the router has recorded of these switches' releases, and how far that is known. Copying twice changes
 * nothing. Throws router_unavailable.
 */
export async function copyRecords(context: WorkerContext, switches: OpenSwitch[]): Promise<Copied> {
  const { db, edge } = context;
  const backends = [...new Set(switches.flatMap(({ row }) => backendNames(row)))];
  const reading = await edge.records(backends, earliest(context, switches));
  if (reading === null) return { switches, router: "cannot_tell", rereadWithinMs: null };
  const updated: OpenSwitch[] = [];
  for (const one of switches) updated.push({ ...one, row: await db.transaction((tx) => copy(tx, one.row, reading)) });
  return { switches: updated, router: "told", rereadWithinMs: reading.rereadWithinMs };
}

/** Buckets that were read before may have grown since; the router begins with the one that holds this moment. */
function earliest({ clock }: WorkerContext, switches: OpenSwitch[]): Date {
  const times = switches.map(({ row }) => (row.countedUntil ?? row.countFrom).getTime());
  return new Date(Math.min(clock.now().getTime(), ...times));
}

async function copy(tx: Tx, row: SwitchRow, reading: TrafficReading): Promise<SwitchRow> {
  await writeSamples(tx, row, reading);
  const coverage = extendCoverage(coverageOf(row), spanOf(row), reading);
  await writeCoverage(tx, row.deploymentId, coverage);
  return { ...row, ...coverage };
}

export async function writeCoverage(tx: Tx, deploymentId: string, coverage: Coverage): Promise<void> {
  await tx.update(trafficSwitches).set(coverage).where(eq(trafficSwitches.deploymentId, deploymentId));
}

async function writeSamples(tx: Tx, row: SwitchRow, { buckets, countedBy }: TrafficReading): Promise<void> {
  const own = new Set(backendNames(row));
  const samples = buckets.flatMap((bucket) =>
    own.has(bucket.backend) ? [{ serviceId: row.serviceId, countedBy, ...bucket }] : [],
  );
  if (samples.length === 0) return;
  await tx
    .insert(trafficSamples)
    .values(samples)
    .onConflictDoUpdate({
      target: [trafficSamples.serviceId, trafficSamples.backend, trafficSamples.startsAt, trafficSamples.countedBy],
      set: {
        requests: sql`excluded.requests`,
        failed: sql`excluded.failed`,
        unanswered: sql`excluded.unanswered`,
        abandoned: sql`excluded.abandoned`,
        latency: sql`excluded.latency`,
      },
    });
}

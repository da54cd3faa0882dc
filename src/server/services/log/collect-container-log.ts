import { and, eq } from "drizzle-orm";
import type { LogRate } from "@/domain/log-rate";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { logSources } from "@/server/db/schema";
import { loadDeployment } from "@/server/services/deployment-run/loaded-deployment";
import type { LogSource } from "./append-log-lines";
import { RuntimeLog } from "./runtime-log";

/**
 * Reads what a container printed since the last line that was kept, until it ends or the signal aborts. `rateOf`: what
 * a service may print, shared by its containers. Throws CursorMoved, engine_unavailable.
 */
export async function collectContainerLog(
  context: WorkerContext,
  container: { name: string; labels: Record<string, string> },
  rateOf: (serviceId: string) => LogRate,
  signal: AbortSignal,
): Promise<void> {
  const { db, engine, clock } = context;
  const { name, labels } = container;
  const sourceId = labels[label.release] ?? "";
  // The release is named after the deployment that made it, whose secrets are in its environment.
  const deployment = await loadDeployment(context, sourceId);
  if (!deployment) return;
  const source: LogSource = { sourceId, kind: "runtime", serviceId: deployment.service.id };
  const cursor = await readCursor(db, source, name);
  const kept = new RuntimeLog(context, {
    source,
    container: name,
    replica: Number(labels[label.replica] ?? 0),
    secrets: deployment.secrets,
    cursor,
    rate: rateOf(source.serviceId),
    signal,
  });
  for await (const line of engine.followLogs(name, cursor, signal)) await kept.take(line, line.cursor);
  await kept.close(clock.now());
}

async function readCursor(db: WorkerContext["db"], source: LogSource, container: string): Promise<string | null> {
  const [row] = await db
    .select({ cursors: logSources.cursors })
    .from(logSources)
    .where(and(eq(logSources.sourceId, source.sourceId), eq(logSources.kind, source.kind)));
  return row?.cursors[container] ?? null;
}

import { eq } from "drizzle-orm";
import type { ChangeTick } from "@/contracts/change";
import type { ServiceContext, UserContext } from "@/server/context";
import { projects } from "@/server/db/schema";
import { collectChanges } from "@/server/services/changes/collect-changes";
import { concernsReader } from "@/server/services/changes/watch-ticks";

const connected: ChangeTick = { type: "connected", serviceId: null, deploymentId: null };
const changed: ChangeTick = { type: "project", serviceId: null, deploymentId: null };
const viewer: ChangeTick = { type: "viewer", serviceId: null, deploymentId: null };
const worker: ChangeTick = { type: "worker", serviceId: null, deploymentId: null };

/** Ticks for all projects of an organization and what is in them, also for those that come and go meanwhile. */
export async function* watchProjects(
  context: UserContext,
  organizationId: string,
  signal: AbortSignal,
): AsyncGenerator<ChangeTick, void> {
  const changes = collectChanges(
    context,
    (event) => event.type === "worker" || "projectId" in event || concernsReader(event, context),
    signal,
  );
  try {
    const own = await readProjectIds(context, organizationId);
    const strangers = new Set<string>();
    yield connected;
    for (let batch = await changes.next(); batch !== null; batch = await changes.next()) {
      const touched = batch.events.flatMap((event) => ("projectId" in event ? [event.projectId] : []));
      const unknown = touched.filter((id) => !own.has(id) && !strangers.has(id));
      if (batch.missed || unknown.length > 0) {
        for (const id of await readProjectIds(context, organizationId)) own.add(id);
      }
      for (const id of unknown) if (!own.has(id)) strangers.add(id);
      if (batch.missed) {
        yield connected;
        continue;
      }
      if (batch.events.some(({ type }) => type === "worker")) yield worker;
      if (batch.events.some(({ type }) => type === "session")) yield viewer;
      if (touched.some((id) => own.has(id))) yield changed;
    }
  } finally {
    changes.close();
  }
}

async function readProjectIds({ db }: ServiceContext, organizationId: string): Promise<Set<string>> {
  const rows = await db.select({ id: projects.id }).from(projects).where(eq(projects.organizationId, organizationId));
  return new Set(rows.map(({ id }) => id));
}

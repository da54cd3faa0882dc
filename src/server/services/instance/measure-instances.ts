import { eq } from "drizzle-orm";
import type { WorkerContext } from "@/server/context";
import { instances, services } from "@/server/db/schema";
import { notify } from "@/server/events";

/** The Engine takes a second or two for each, most of it waiting. */
const atATime = 8;
/** Smaller changes are no news, and would wake every reader every few seconds. */
const worthTelling = { cpuMillis: 10, memoryBytes: 1024 * 1024 };

type Running = {
  name: string;
  serviceId: string;
  projectId: string;
  cpuMillis: number | null;
  memoryBytes: number | null;
};

/** Measures what every running container uses, and writes down what changed noticeably. */
export async function measureInstances(context: WorkerContext, signal: AbortSignal): Promise<void> {
  const running = await context.db
    .select({
      name: instances.name,
      serviceId: instances.serviceId,
      projectId: services.projectId,
      cpuMillis: instances.cpuMillis,
      memoryBytes: instances.memoryBytes,
    })
    .from(instances)
    .innerJoin(services, eq(services.id, instances.serviceId))
    .where(eq(instances.status, "running"));
  const waiting = [...running];
  const measureOn = async () => {
    for (let next = waiting.pop(); next && !signal.aborted; next = waiting.pop()) await measure(context, next);
  };
  await Promise.all(Array.from({ length: atATime }, measureOn));
}

async function measure({ db, engine }: WorkerContext, instance: Running): Promise<void> {
  const stats = await engine.stats(instance.name);
  if (!stats) return;
  const { cpuMillis, memoryBytes } = stats;
  const isNews =
    instance.cpuMillis === null ||
    instance.memoryBytes === null ||
    Math.abs(cpuMillis - instance.cpuMillis) >= worthTelling.cpuMillis ||
    Math.abs(memoryBytes - instance.memoryBytes) >= worthTelling.memoryBytes;
  if (!isNews) return;
  const { name, serviceId, projectId } = instance;
  await db.update(instances).set({ cpuMillis, memoryBytes }).where(eq(instances.name, name));
  await notify(db, { type: "service", projectId, serviceId });
}

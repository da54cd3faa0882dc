/**
 * Follows the Engine's events from where the worker before this one stood, as far back as the Engine remembers: what
 * happened while no worker ran is part of a service's history too.
 */
import { eq } from "drizzle-orm";
import { label } from "@/domain/naming";
import type { WorkerContext } from "@/server/context";
import { instanceFacts } from "@/server/db/schema";
import { noteEngineReach } from "./engine-reach";
import { recordEngineEvent } from "./record-engine-event";

const factKey = "engine-events";
/** A signal that did not end a container within this time did not end it. */
const signalMs = 120_000;

/**
 * Calls `onChange` for each event of a service of this instance, once its part in the history is written, until the signal
 * aborts; and first with null, since what happened before the stream has no event. Throws engine_unavailable when the
 * connection is lost.
 */
export async function followEngineEvents(
  context: WorkerContext,
  signal: AbortSignal,
  onChange: (serviceId: string | null) => void,
): Promise<void> {
  const { engine, config, db, clock, log } = context;
  const signals = new Map<string, { number: number; at: number }>();
  const since = await readPosition(context);
  await engine.ping();
  if (await noteEngineReach(db, true, clock.now())) log.info("the Docker Engine answers again");
  const events = engine.events(signal, since ?? undefined);
  onChange(null);
  for await (const event of events) {
    const { containerId, action, at, labels } = event;
    const serviceId = labels[label.service];
    if (labels[label.instance] !== config.instanceId || serviceId === undefined) continue;
    if (action === "kill" && event.signal !== null)
      signals.set(containerId, { number: event.signal, at: at.getTime() });
    const sent = signals.get(containerId);
    const isRecent = sent !== undefined && at.getTime() - sent.at < signalMs;
    await recordEngineEvent(context, event, isRecent ? sent.number : null);
    if (action === "die") signals.delete(containerId);
    await writePosition(context, at);
    onChange(serviceId);
  }
}

async function readPosition({ db }: WorkerContext): Promise<Date | null> {
  const [fact] = await db.select().from(instanceFacts).where(eq(instanceFacts.key, factKey));
  return fact?.at ?? null;
}

async function writePosition({ db }: WorkerContext, at: Date): Promise<void> {
  await db
    .insert(instanceFacts)
    .values({ key: factKey, value: {}, at })
    .onConflictDoUpdate({ target: instanceFacts.key, set: { at } });
}

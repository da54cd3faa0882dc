import type { ChangeTick } from "@/contracts/change";
import type { UserContext } from "@/server/context";
import type { ChangeEvent } from "@/server/events";
import { collectChanges } from "./collect-changes";

const connected: ChangeTick = { type: "connected", serviceId: null, deploymentId: null };

/**
 * Says that something changed and where, until the signal aborts; what it is, the reader asks for. What concerns the
 * platform or the reader's own rights concerns every page, and a stream of its own would be one of the six that a browser has.
 */
export async function* watchTicks(
  context: Pick<UserContext, "changes" | "actor">,
  matches: (event: ChangeEvent) => boolean,
  signal: AbortSignal,
): AsyncGenerator<ChangeTick, void> {
  const changes = collectChanges(
    context,
    (event) =>
      ofPlatform(event) ||
      concernsReader(event, context) ||
      (event.type !== "session" && matches(event) && toTick(event) !== null),
    signal,
  );
  try {
    yield connected;
    for (let batch = await changes.next(); batch !== null; batch = await changes.next()) {
      if (batch.missed) yield connected;
      for (const event of batch.events) {
        const tick = toTick(event);
        if (tick) yield tick;
      }
    }
  } finally {
    changes.close();
  }
}

function toTick(event: ChangeEvent): ChangeTick | null {
  if (event.type === "project") return { type: "project", serviceId: null, deploymentId: null };
  if (event.type === "service") return { type: "service", serviceId: event.serviceId, deploymentId: null };
  if (event.type === "queue" || event.type === "worker" || event.type === "platform" || event.type === "storage") {
    return { type: event.type, serviceId: null, deploymentId: null };
  }
  if (event.type === "session") return { type: "viewer", serviceId: null, deploymentId: null };
  if (event.type !== "deployment") return null;
  return { type: "deployment", serviceId: event.serviceId, deploymentId: event.deploymentId };
}

function ofPlatform({ type }: ChangeEvent): boolean {
  return type === "worker" || type === "platform";
}

/** Of sessions a reader is told of their own alone. One that ended ends the stream: there is nobody to tell. */
export function concernsReader(event: ChangeEvent, { actor }: Pick<UserContext, "actor">): boolean {
  return event.type === "session" && event.change === "rights" && event.sessionId === actor.sessionId;
}

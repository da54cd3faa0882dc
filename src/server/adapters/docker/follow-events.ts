import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import { label } from "@/domain/naming";
import type { EngineEvent } from "@/server/ports";
import { jsonLines } from "./json-lines";
import { translateError } from "./translate-error";

const actions = [
  "create",
  "start",
  "restart",
  "pause",
  "unpause",
  "oom",
  "die",
  "kill",
  "stop",
  "destroy",
  "health_status",
];

/** What the Engine mixes into the labels of an event. */
const notLabels = new Set(["name", "image", "exitCode", "execDuration", "signal"]);

/** Begins at `since` or at the call, not at the first read: the Engine is asked for what happened since. */
export function followEvents(docker: Dockerode, signal: AbortSignal, since = new Date()): AsyncIterable<EngineEvent> {
  return readEvents(docker, since.getTime() / 1000, signal);
}

async function* readEvents(docker: Dockerode, since: number, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  try {
    signal.throwIfAborted();
    const filters = { type: ["container"], event: actions, label: [label.managed] };
    const options = { since: since.toFixed(6), filters, abortSignal: signal };
    // safe because the declaration is narrower than the API: fractions of a second and several actions are allowed
    const opened = docker.getEvents(options as unknown as Dockerode.GetEventsOptions);
    const stream = (await opened) as Readable; // safe because node:http gives an IncomingMessage
    const end = () => stream.destroy();
    signal.addEventListener("abort", end, { once: true });
    stream.once("close", () => signal.removeEventListener("abort", end));
    for await (const message of jsonLines(stream)) yield engineEvent(message as EventMessage); // safe because the filter admits container events alone
  } catch (error) {
    if (!signal.aborted) throw translateError(error);
  }
  if (!signal.aborted) throw new AppError("engine_unavailable");
}

type EventMessage = { Action: string; timeNano: number; Actor: { ID: string; Attributes: Record<string, string> } };

function engineEvent({ Action, timeNano, Actor }: EventMessage): EngineEvent {
  const { Attributes: attributes } = Actor;
  const labels = Object.entries(attributes).filter(([key]) => !notLabels.has(key));
  return {
    at: new Date(timeNano / 1e6),
    type: "container",
    action: Action,
    name: attributes.name ?? "",
    containerId: Actor.ID,
    labels: Object.fromEntries(labels),
    exitCode: Action === "die" ? numberOrNull(attributes.exitCode) : null,
    signal: Action === "kill" ? numberOrNull(attributes.signal) : null,
  };
}

function numberOrNull(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type Dockerode from "dockerode";
import { orAbsent, statusOf } from "./translate-error";

/** `since`: seconds since epoch, with nanoseconds; `tail`: of how many lines (pieces of long ones) at the end. */
export type LogSelection = { follow: boolean; since?: string; tail?: number };

/** The log as `logFrames` reads it, or null where there is none. It ends when the signal aborts. */
export async function openLogs(
  docker: Dockerode,
  name: string,
  selection: LogSelection,
  signal: AbortSignal,
): Promise<Readable | null> {
  signal.throwIfAborted();
  const request = {
    path: `/containers/${encodeURIComponent(name)}/logs?`,
    method: "GET",
    options: { ...selection, stdout: true, stderr: true, timestamps: true },
    abortSignal: signal,
    statusCodes: { 200: true, 404: "no such container", 500: "server error" },
    // Not dockerode's own method: what it does not follow it gathers in memory.
    isStream: true,
  };
  const opened = promisify(docker.modem.dial.bind(docker.modem))(request).catch(absentWhileRemoved);
  const stream = (await orAbsent(opened, null)) as Readable | null; // safe because isStream gives node:http's answer
  const end = () => stream?.destroy();
  signal.addEventListener("abort", end, { once: true });
  stream?.once("close", () => signal.removeEventListener("abort", end));
  return stream;
}

/** A container that is being removed has no log any more: the Engine answers 409 until it is gone, then 404. */
function absentWhileRemoved(error: unknown): null {
  if (statusOf(error) === 409) return null;
  throw error;
}

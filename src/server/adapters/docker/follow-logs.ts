import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import type { LogLine } from "@/server/ports";
import { LogCursor } from "./log-cursor";
import { logFrames } from "./log-frames";
import { orAbsent, statusOf, translateError } from "./translate-error";

/**
 * Lines after the cursor, in order; longer ones than 16 KiB come in pieces. Ends, without an error, when the container
 * stops or the signal aborts, at once where there is no such container. Throws engine_unavailable.
 */
export async function* followLogs(
  docker: Dockerode,
  name: string,
  cursorText: string | null,
  signal: AbortSignal,
): AsyncGenerator<LogLine & { cursor: string }> {
  const cursor = new LogCursor(cursorText);
  try {
    const stream = await openLogs(docker, name, cursor.since, signal);
    if (!stream) return;
    for await (const { stream: from, timestamp, text } of logFrames(stream)) {
      const after = cursor.advance(timestamp);
      if (after !== null) yield { at: new Date(timestamp), stream: from, text, cursor: after };
    }
  } catch (error) {
    if (!signal.aborted) throw translateError(error);
  }
}

async function openLogs(docker: Dockerode, name: string, since: string, signal: AbortSignal): Promise<Readable | null> {
  signal.throwIfAborted();
  const container = docker.getContainer(name);
  const options = { follow: true, stdout: true, stderr: true, timestamps: true, since, abortSignal: signal } as const;
  // safe because the declaration says `since` is a number, which has no room for nanoseconds; it goes into the URL as it is
  const opened = container
    .logs(options as unknown as Dockerode.ContainerLogsOptions & { follow: true })
    .catch(absentWhileRemoved);
  // safe because the declaration says ReadableStream where node:http gives an IncomingMessage
  const stream = (await orAbsent(opened, null)) as Readable | null;
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

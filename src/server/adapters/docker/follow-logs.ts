import type Dockerode from "dockerode";
import type { LogLine } from "@/server/ports";
import { LogCursor } from "./log-cursor";
import { logFrames } from "./log-frames";
import { ClockDistance, LogTrust } from "./log-trust";
import { openLogs } from "./open-logs";
import { translateError } from "./translate-error";

type CursorLine = LogLine & { cursor: string };

const lostNote = "… lines may be lost here: the container printed more than its log files hold before they were read";

/**
 * Lines after the cursor, in order; longer ones than 16 KiB come in pieces. Where the Engine has thrown lines away
 * before they were read, one of stream "system" says so. Ends, without an error, when the container stops or the signal
 * aborts, at once where there is no such container. Throws engine_unavailable.
 */
export async function* followLogs(
  docker: Dockerode,
  name: string,
  cursorText: string | null,
  signal: AbortSignal,
): AsyncGenerator<CursorLine> {
  const clocks = new ClockDistance();
  let cursor = cursorText;
  try {
    for (let follow = true; ; ) {
      const end: StreamEnd = yield* readStream(docker, name, { cursor, follow, clocks }, signal);
      if (end.reason === "absent") return;
      cursor = end.cursor;
      // A stream that is followed may end before the last lines came; the files have them.
      if (end.reason === "ended" && !follow) return;
      follow = end.reason === "doubtful";
    }
  } catch (error) {
    if (!signal.aborted) throw translateError(error);
  }
}

type StreamEnd = { reason: "absent" | "ended" | "doubtful"; cursor: string | null };

async function* readStream(
  docker: Dockerode,
  name: string,
  from: { cursor: string | null; follow: boolean; clocks: ClockDistance },
  signal: AbortSignal,
): AsyncGenerator<CursorLine, StreamEnd> {
  const position = new LogCursor(from.cursor);
  const trust = new LogTrust(Date.now(), from.clocks);
  let { cursor } = from;
  const stream = await openLogs(docker, name, { follow: from.follow, since: position.since }, signal);
  if (!stream) return { reason: "absent", cursor };
  let told = false;
  for await (const frame of logFrames(stream)) {
    if (from.follow && !trust.holds(frame, Date.now())) return { reason: "doubtful", cursor };
    const after = position.advance(frame.at);
    if (after === null) continue;
    const line = { ...frame, at: new Date(Number(frame.at / 1_000_000n)), cursor: after };
    if (position.mayLack && !told) yield { ...line, stream: "system", text: lostNote, cursor: cursor ?? after };
    told = position.mayLack;
    cursor = after;
    yield line;
  }
  return { reason: "ended", cursor };
}

/**
 * The Engine's multiplexed log stream (API, "Attach to a container", stream format): frames of an 8-byte header
 * (stream, three zeros, big-endian length) and a payload, which with `timestamps` is one line or, where the line is
 * longer than 16 KiB, a piece of one.
 */
import type { Readable } from "node:stream";

export type LogFrame = { stream: "stdout" | "stderr"; timestamp: string; text: string };

const headerBytes = 8;

export async function* logFrames(source: Readable): AsyncGenerator<LogFrame> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let start = 0;
    while (pending.length - start >= headerBytes) {
      const end = start + headerBytes + pending.readUInt32BE(start + 4);
      if (pending.length < end) break;
      yield parseFrame(pending[start] ?? 1, pending.toString("utf8", start + headerBytes, end));
      start = end;
    }
    pending = pending.subarray(start);
  }
}

function parseFrame(stream: number, payload: string): LogFrame {
  const space = payload.indexOf(" ");
  return {
    stream: stream === 2 ? "stderr" : "stdout",
    timestamp: payload.slice(0, space),
    text: payload.slice(space + 1).replace(/\r?\n$/, ""),
  };
}

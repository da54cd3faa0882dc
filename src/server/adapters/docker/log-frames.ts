/**
 * The Engine's multiplexed stream (API, "Attach to a container", stream format): frames of an 8-byte header (stream,
 * three zeros, big-endian length) and a payload. Of a log with `timestamps` that is one line or, where the line is longer
 * than 16 KiB, a piece of one.
 */
import type { Readable } from "node:stream";

export type StreamFrame = { stream: "stdout" | "stderr"; payload: string };

/** `at`: ns since epoch. */
export type LogFrame = { stream: "stdout" | "stderr"; at: bigint; text: string };

const headerBytes = 8;

export async function* streamFrames(source: Readable): AsyncGenerator<StreamFrame> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let start = 0;
    while (pending.length - start >= headerBytes) {
      const end = start + headerBytes + pending.readUInt32BE(start + 4);
      if (pending.length < end) break;
      const stream = pending[start] === 2 ? "stderr" : "stdout";
      yield { stream, payload: pending.toString("utf8", start + headerBytes, end) };
      start = end;
    }
    pending = pending.subarray(start);
  }
}

export async function* logFrames(source: Readable): AsyncGenerator<LogFrame> {
  for await (const { stream, payload } of streamFrames(source)) {
    const space = payload.indexOf(" ");
    const text = payload.slice(space + 1).replace(/\r?\n$/, "");
    yield { stream, at: nanoseconds(payload.slice(0, space)), text };
  }
}

/** Of an RFC 3339 time, since epoch. */
function nanoseconds(timestamp: string): bigint {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "";
  const seconds = BigInt(Math.floor(Date.parse(timestamp) / 1000));
  return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
}

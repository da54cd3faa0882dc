/**
 * The Engine's multiplexed stream (API, "Attach to a container", stream format): frames of an 8-byte header (stream,
 * three zeros, big-endian length) and a payload. Of a log with `timestamps` that is one line or, where the line is longer
 * than 16 KiB, a piece of one.
 */
import type { Readable } from "node:stream";

export type StreamFrame = { stream: "stdout" | "stderr"; payload: Buffer };

/** `at`: ns since epoch. `partial`: the line goes on in the next frame of its stream. */
export type LogFrame = { stream: "stdout" | "stderr"; at: bigint; text: string; partial?: true };

const headerBytes = 8;
const newline = 0x0a;

export async function* streamFrames(source: Readable): AsyncGenerator<StreamFrame> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let start = 0;
    while (pending.length - start >= headerBytes) {
      const end = start + headerBytes + pending.readUInt32BE(start + 4);
      if (pending.length < end) break;
      const stream = pending[start] === 2 ? "stderr" : "stdout";
      yield { stream, payload: pending.subarray(start + headerBytes, end) };
      start = end;
    }
    pending = pending.subarray(start);
  }
}

export async function* logFrames(source: Readable): AsyncGenerator<LogFrame> {
  // The Engine cuts long lines between bytes: the beginning of a character waits for its end.
  const begun = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  for await (const { stream, payload } of streamFrames(source)) {
    const space = payload.indexOf(" ");
    const at = nanoseconds(payload.toString("latin1", 0, space));
    const bytes = Buffer.concat([begun[stream], payload.subarray(space + 1)]);
    const isWhole = bytes.at(-1) === newline;
    const end = isWhole ? bytes.length : wholeCharacters(bytes);
    begun[stream] = bytes.subarray(end);
    const text = bytes.toString("utf8", 0, end).replace(/\r?\n$/, "");
    yield isWhole ? { stream, at, text } : { stream, at, text, partial: true };
  }
}

/** Where the last character ends that is there with all its bytes. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    // The first byte of a character says by its leading ones how many there are.
    if (byte >= 0xc0) return back < Math.clz32(~(byte << 24)) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Of an RFC 3339 time, since epoch. */
function nanoseconds(timestamp: string): bigint {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "";
  const seconds = BigInt(Math.floor(Date.parse(timestamp) / 1000));
  return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
}

import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { type LogFrame, logFrames } from "./log-frames";

function frame(stream: 1 | 2, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

const time = "2026-01-01T00:00:00.123456789Z";
const at = 1_767_225_600_123_456_789n;
const bytes = Buffer.concat([frame(1, `${time} out €\n`), frame(2, `${time} \n`), frame(1, `${time} a b\r\n`)]);

test("pieces of a long line say so, and a character cut in two stays whole", async () => {
  const text = Buffer.from("ab€😀");
  for (let cut = 1; cut < text.length; cut += 1) {
    const pieces = [text.subarray(0, cut), Buffer.concat([text.subarray(cut), Buffer.from("\n")])];
    const source = pieces.map((piece) => frame(1, Buffer.concat([Buffer.from(`${time} `), piece])));
    const frames: LogFrame[] = [];
    for await (const one of logFrames(Readable.from(source))) frames.push(one);
    expect(frames.map((one) => one.text).join("")).toBe("ab€😀");
    expect(frames.map((one) => one.partial)).toEqual([true, undefined]);
  }
});

test.each([1, 3, 7, 1000])("frames are read whole from chunks of %i bytes", async (size) => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const frames: LogFrame[] = [];
  for await (const one of logFrames(Readable.from(chunks))) frames.push(one);
  expect(frames).toEqual([
    { stream: "stdout", at, text: "out €" },
    { stream: "stderr", at, text: "" },
    { stream: "stdout", at, text: "a b" },
  ]);
});

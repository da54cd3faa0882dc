/** Recorded from Docker 20.10 (BuildKit 0.8): `RUN exit 7` after `RUN echo hello; ...`. */
import { expect, test } from "vitest";
import { decodeTrace } from "./decode-trace";

const output =
  "Gl0KR3NoYTI1NjpiZWE4OGI1ZDE5Y2U5ZGU5MWRiOTE3MjI4Njg4YWFhYzhkMzUwYTJhMTk2NDU0ZjNkNDhkYjM2OTQ4Y2I3MTFhEgsI3vuR2AYQ5ZHzGRgBIgNhDWI=";
const failed =
  "CvoBCkdzaGEyNTY6YWUxZGY4YzAzZTNmZjdmNWExNzljYjhhYmU2NDI4YzhjYTFjNmQ0ZWEyOTA4NzcxYWMyNzI1MzMyM2NhNzNkZRJHc2hhMjU2OmJlYTg4YjVkMTljZTlkZTkxZGI5MTcyMjg2ODhhYWFjOGQzNTBhMmExOTY0NTRmM2Q0OGRiMzY5NDhjYjcxMWEaEFszLzNdIFJVTiBleGl0IDcqCwjf+5HYBhCx8u8jMgwI3/uR2AYQ6c+/mQE6OWV4ZWN1dG9yIGZhaWxlZCBydW5uaW5nIFsvYmluL3NoIC1jIGV4aXQgN106IGV4aXQgY29kZTogNw==";

test("output: its step, time, stream and bytes", () => {
  expect(decodeTrace(output)).toEqual({
    vertexes: [],
    logs: [
      {
        vertex: "sha256:bea88b5d19ce9de91db917228688aaac8d350a2a196454f3d48db36948cb711a",
        at: 1_795_456_478_054,
        stream: "stdout",
        data: Buffer.from("a\rb"),
      },
    ],
    warnings: [],
  });
});

test("a step that failed", () => {
  expect(decodeTrace(failed).vertexes).toEqual([
    {
      digest: "sha256:ae1df8c03e3ff7f5a179cb8abe6428c8ca1c6d4ea2908771ac27253323ca73de",
      name: "[3/3] RUN exit 7",
      cached: false,
      started: 1_795_456_479_075,
      completed: 1_795_456_479_321,
      error: "executor failed running [/bin/sh -c exit 7]: exit code: 7",
    },
  ]);
});

test("nothing is an empty trace", () => {
  expect(decodeTrace("")).toEqual({ vertexes: [], logs: [], warnings: [] });
});

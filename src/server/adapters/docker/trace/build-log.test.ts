import { describe, expect, test } from "vitest";
import type { LogLine } from "@/server/ports";
import { BuildLog } from "./build-log";
import type { Trace, Vertex } from "./decode-trace";

const step = (digest: string, name: string, change: Partial<Vertex> = {}): Vertex => ({
  digest,
  name,
  cached: false,
  started: 1000,
  completed: null,
  error: "",
  ...change,
});
const begins = (...vertexes: Vertex[]): Trace => ({ vertexes, logs: [], warnings: [] });
const writes = (vertex: string, text: string | Buffer, stream: "stdout" | "stderr" = "stdout"): Trace => ({
  vertexes: [],
  logs: [{ vertex, at: 2000, stream, data: Buffer.from(text) }],
  warnings: [],
});

function play(...traces: Trace[]): string[] {
  const lines: LogLine[] = [];
  const log = new BuildLog((line) => lines.push(line));
  for (const trace of traces) log.add(trace);
  log.finish();
  return lines.map(({ stream, text }) => (stream === "system" ? text : `${stream}: ${text}`));
}

describe("BuildLog", () => {
  test("a header when a step begins, once, then both streams as they came", () => {
    const npm = step("a", "[2/3] RUN npm ci");
    expect(
      play(begins(npm), begins(npm), writes("a", "one\ntwo\n"), writes("a", "\u001b[31mred\u001b[0m\r\n", "stderr")),
    ).toEqual(["[2/3] RUN npm ci", "stdout: one", "stdout: two", "stderr: \u001b[31mred\u001b[0m"]);
  });

  test("lines and characters cut by the transport are whole again; the last needs no end", () => {
    const euro = Buffer.from("5 €\nrest");
    const cut = [writes("a", euro.subarray(0, 3)), writes("a", euro.subarray(3))];
    expect(play(begins(step("a", "[1/1] RUN x")), ...cut)).toEqual(["[1/1] RUN x", "stdout: 5 €", "stdout: rest"]);
  });

  test("where the Engine cut the output short, what to do about it is said", () => {
    const cut = writes("a", "x\n[output clipped, log limit 1MiB reached]\n");
    expect(play(begins(step("a", "[1/1] RUN x")), cut).slice(1)).toEqual([
      "stdout: x",
      "stdout: [output clipped, log limit 1MiB reached]",
      expect.stringContaining("BUILDKIT_STEP_LOG_MAX_SIZE"),
    ]);
  });

  test("when steps run side by side, each line stands below its own header", () => {
    const traces = [writes("a", "a1\n"), writes("b", "b1\nb2\n"), writes("a", "a2\n")];
    expect(play(begins(step("a", "[x 2/2] RUN a"), step("b", "[y 2/2] RUN b")), ...traces)).toEqual([
      "[x 2/2] RUN a",
      "[y 2/2] RUN b",
      "[x 2/2] RUN a (continued)",
      "stdout: a1",
      "[y 2/2] RUN b (continued)",
      "stdout: b1",
      "stdout: b2",
      "[x 2/2] RUN a (continued)",
      "stdout: a2",
    ]);
  });

  test("cached steps say so, long ones how long, BuildKit's own are left out", () => {
    const traces = [
      begins(step("i", "[internal] load remote build context"), step("f", "[1/3] FROM docker.io/library/node:24")),
      begins(step("a", "[2/3] COPY . .", { cached: true, completed: 1000 })),
      begins(step("b", "[3/3] RUN build")),
      begins(step("b", "[3/3] RUN build", { completed: 4250 })),
    ];
    expect(play(...traces)).toEqual(["[1/3] FROM node:24", "[2/3] COPY . . (cached)", "[3/3] RUN build", "took 3.3 s"]);
  });

  test("steps are counted, and those from the cache; taking a base image is none", () => {
    const log = new BuildLog(() => {});
    log.add(begins(step("i", "[internal] load build definition"), step("f", "[1/3] FROM node:24", { cached: true })));
    log.add(begins(step("a", "[2/3] COPY . .", { cached: true })));
    log.add(begins(step("b", "[build 3/3] RUN build"), step("e", "exporting to image")));
    log.add(begins(step("b", "[build 3/3] RUN build", { completed: 4250 })));
    expect(log.countSteps()).toEqual({ total: 2, cached: 1 });
  });

  test("a line that never ends is cut", () => {
    const lines = play(begins(step("a", "[1/1] RUN x")), writes("a", "z".repeat(40_000)));
    expect(lines.slice(1).map((line) => line.length)).toEqual(
      [16_384, 16_384, 7232].map((length) => length + "stdout: ".length),
    );
  });

  test("warnings are shown", () => {
    expect(play({ vertexes: [], logs: [], warnings: ["use ENV k=v"] })).toEqual(["Warning: use ENV k=v"]);
  });
});

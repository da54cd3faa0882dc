import { describe, expect, it } from "vitest";
import { createLineCleaner } from "./log-text";

const at = new Date(1000);
const line = (text: string, stream: "stdout" | "stderr" | "system" = "stdout") => ({ at, stream, text });
const piece = (text: string) => ({ ...line(text), partial: true });

describe("createLineCleaner", () => {
  it("gives ordinary lines on at once, each with its stream and time", () => {
    const cleaner = createLineCleaner(["hunter22"]);
    expect(cleaner.take(line("hello"))).toEqual([{ t: 1000, s: "stdout", x: "hello" }]);
    expect(cleaner.take(line("", "stderr"))).toEqual([{ t: 1000, s: "stderr", x: "" }]);
    expect(cleaner.take(line("pw hunter22", "system"))).toEqual([{ t: 1000, s: "system", x: "pw [redacted]" }]);
    expect(cleaner.end(at)).toEqual([]);
  });

  it("takes out a secret that the Engine cut between two pieces of a long line", () => {
    const cleaner = createLineCleaner(["hunter22"]);
    const first = `${"x".repeat(16_384 - 4)}hunt`;
    const lines = [...cleaner.take(piece(first)), ...cleaner.take(line("er22 end"))];
    expect(lines.map((one) => one.x).join("")).toBe(`${"x".repeat(16_384 - 4)}[redacted] end`);
  });

  it("takes out a secret that was cut in two while another source printed between", () => {
    const cleaner = createLineCleaner(["hunter22"]);
    const lines = [
      ...cleaner.take({ ...piece("one hunt"), source: "a" }),
      ...cleaner.take({ ...line("two"), source: "b" }),
      ...cleaner.take({ ...line("er22"), source: "a" }),
    ];
    expect(lines.map((one) => one.x)).toEqual(["two", "one [redacted]"]);
  });

  it("takes out a secret of several lines, and keeps two streams apart", () => {
    const cleaner = createLineCleaner(["first-line\nsecond-line"]);
    const lines = [
      ...cleaner.take(line("first-line")),
      ...cleaner.take(line("between", "stderr")),
      ...cleaner.take(line("second-line")),
    ];
    expect(lines.map((one) => `${one.s}:${one.x}`)).toEqual(["stderr:between", "stdout:[redacted]"]);
  });

  it("gives back at the end what only began like a secret", () => {
    const cleaner = createLineCleaner(["abcd\nefgh"]);
    expect(cleaner.take(line("xx"))).toHaveLength(1);
    expect(createLineCleaner(["zzzz\nyyyy"]).take(line("zzz"))).toHaveLength(1);
    const held = createLineCleaner(["q\nrest-of-it"]);
    expect(held.take(line("q"))).toEqual([]);
    expect(held.holds).toBe(true);
    expect(held.end(at)).toEqual([{ t: 1000, s: "stdout", x: "q" }]);
    expect(held.holds).toBe(false);
  });

  it("keeps nothing that JSON in PostgreSQL refuses, and cuts endless lines", () => {
    const cleaner = createLineCleaner([]);
    expect(cleaner.take(line("a\u0000b\ud800c"))).toEqual([{ t: 1000, s: "stdout", x: "ab\ufffdc" }]);
    const long = cleaner.take(piece("y".repeat(40_000))).concat(cleaner.take(line("z")));
    expect(Math.max(...long.map((one) => one.x.length))).toBe(16_384);
    expect(long.map((one) => one.x).join("")).toBe(`${"y".repeat(40_000)}z`);
  });
});

import { describe, expect, it } from "vitest";
import type { StoredLogLine } from "@/domain/log-line";
import { appendBatch, emptyBuffer, type LogBuffer, prependPage } from "./log-buffer";

const lines = (from: number, to: number): StoredLogLine[] =>
  Array.from({ length: to - from }, (_, index) => ({ t: 0, s: "stdout", x: String(from + index) }));
const texts = (buffer: LogBuffer) => buffer.lines.map((line) => line.x).join(" ");
const batch = (from: number, to: number, complete = false) => ({ firstOffset: from, lines: lines(from, to), complete });

describe("appendBatch", () => {
  it("starts where the first batch starts", () => {
    const buffer = appendBatch(emptyBuffer, batch(40, 43));
    expect(buffer).toMatchObject({ firstOffset: 40, nextOffset: 43, complete: false });
    expect(texts(buffer)).toBe("40 41 42");
  });

  it("adds what follows and takes over that it is complete", () => {
    const buffer = appendBatch(appendBatch(emptyBuffer, batch(0, 2)), batch(2, 4, true));
    expect(texts(buffer)).toBe("0 1 2 3");
    expect(buffer.complete).toBe(true);
  });

  it("repeats nothing when a reconnect sends lines again", () => {
    const buffer = appendBatch(appendBatch(emptyBuffer, batch(0, 5)), batch(3, 7));
    expect(texts(buffer)).toBe("0 1 2 3 4 5 6");
    expect(appendBatch(buffer, batch(0, 7))).toEqual(buffer);
  });

  it("begins anew after a gap: lines that were removed meanwhile", () => {
    const buffer = appendBatch(appendBatch(emptyBuffer, batch(0, 2)), batch(10, 12));
    expect(buffer).toMatchObject({ firstOffset: 10, nextOffset: 12 });
    expect(texts(buffer)).toBe("10 11");
  });

  it("keeps the newest lines when there are too many", () => {
    const buffer = appendBatch(appendBatch(emptyBuffer, batch(0, 8)), batch(8, 12), 10);
    expect(buffer).toMatchObject({ firstOffset: 2, nextOffset: 12 });
    expect(texts(buffer)).toBe("2 3 4 5 6 7 8 9 10 11");
  });

  it("takes an empty batch that only says that the log is complete", () => {
    expect(appendBatch(emptyBuffer, batch(0, 0, true))).toMatchObject({ lines: [], complete: true, loaded: true });
  });
});

describe("prependPage", () => {
  it("puts earlier lines before those that are there", () => {
    const buffer = prependPage(appendBatch(emptyBuffer, batch(10, 12)), batch(6, 10));
    expect(buffer.firstOffset).toBe(6);
    expect(texts(buffer)).toBe("6 7 8 9 10 11");
  });

  it("cuts off what overlaps", () => {
    expect(texts(prependPage(appendBatch(emptyBuffer, batch(10, 12)), batch(8, 14)))).toBe("8 9 10 11");
  });

  it("ignores a page that leaves a hole", () => {
    const buffer = appendBatch(emptyBuffer, batch(10, 12));
    expect(prependPage(buffer, batch(2, 5))).toBe(buffer);
  });
});

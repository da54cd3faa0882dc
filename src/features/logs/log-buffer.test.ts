import { describe, expect, it } from "vitest";
import type { StoredLogLine } from "@/domain/log-line";
import { appendBatch, appendPage, emptyBuffer, isAtEnd, type LogBuffer, prependPage, showPage } from "./log-buffer";

const lines = (from: number, to: number): StoredLogLine[] =>
  Array.from({ length: to - from }, (_, index) => ({ t: 0, s: "stdout", x: String(from + index) }));
const texts = (buffer: LogBuffer) => buffer.lines.map((line) => line.x).join(" ");
const batch = (from: number, to: number, complete = false) => ({ firstOffset: from, lines: lines(from, to), complete });
const append = (buffer: LogBuffer, ...rest: Parameters<typeof batch>) => appendBatch(buffer, batch(...rest), true);
const page = (from: number, to: number, oldestOffset = 0) => ({ ...batch(from, to), nextOffset: to, oldestOffset });

describe("appendBatch", () => {
  it("starts where the first batch starts", () => {
    const buffer = append(emptyBuffer, 40, 43);
    expect(buffer).toMatchObject({ firstOffset: 40, nextOffset: 43, endOffset: 43, complete: false });
    expect(texts(buffer)).toBe("40 41 42");
  });

  it("adds what follows and takes over that it is complete", () => {
    const buffer = append(append(emptyBuffer, 0, 2), 2, 4, true);
    expect(texts(buffer)).toBe("0 1 2 3");
    expect(buffer.complete).toBe(true);
  });

  it("repeats nothing when a reconnect sends lines again", () => {
    const buffer = append(append(emptyBuffer, 0, 5), 3, 7);
    expect(texts(buffer)).toBe("0 1 2 3 4 5 6");
    expect(append(buffer, 0, 7)).toEqual(buffer);
  });

  it("begins anew after a gap: lines that were removed meanwhile", () => {
    const buffer = append(append(emptyBuffer, 0, 2), 10, 12);
    expect(buffer).toMatchObject({ firstOffset: 10, nextOffset: 12 });
    expect(texts(buffer)).toBe("10 11");
  });

  it("keeps the newest lines when there are too many", () => {
    const buffer = appendBatch(append(emptyBuffer, 0, 8), batch(8, 12), true, 10);
    expect(buffer).toMatchObject({ firstOffset: 2, nextOffset: 12 });
    expect(texts(buffer)).toBe("2 3 4 5 6 7 8 9 10 11");
  });

  it("is left behind, not moved on, while somebody reads in it", () => {
    const full = appendBatch(append(emptyBuffer, 0, 8), batch(8, 12), false, 10);
    expect(full).toMatchObject({ firstOffset: 0, nextOffset: 8, endOffset: 12 });
    expect(isAtEnd(full)).toBe(false);
    expect(texts(appendBatch(append(emptyBuffer, 0, 3), batch(3, 5), false, 10))).toBe("0 1 2 3 4");
  });

  it("takes an empty batch that only says that the log is complete", () => {
    expect(append(emptyBuffer, 0, 0, true)).toMatchObject({ lines: [], complete: true, loaded: true });
  });

  it("away from the end lines are counted, and not put where they do not belong", () => {
    const away = showPage(append(emptyBuffer, 90, 100), page(20, 22));
    const buffer = append(away, 100, 105, true);
    expect(texts(buffer)).toBe("20 21");
    expect(buffer).toMatchObject({ nextOffset: 22, endOffset: 105, complete: true });
    expect(isAtEnd(buffer)).toBe(false);
  });
});

describe("prependPage", () => {
  it("puts earlier lines before those that are there", () => {
    const buffer = prependPage(append(emptyBuffer, 10, 12), page(6, 10));
    expect(buffer.firstOffset).toBe(6);
    expect(texts(buffer)).toBe("6 7 8 9 10 11");
  });

  it("cuts off what overlaps", () => {
    expect(texts(prependPage(append(emptyBuffer, 10, 12), page(8, 14)))).toBe("8 9 10 11");
  });

  it("of a page that leaves a hole it takes only where the log begins", () => {
    const buffer = append(emptyBuffer, 10, 12);
    expect(prependPage(buffer, page(2, 5, 2))).toEqual({ ...buffer, oldestOffset: 2 });
  });

  it("lets go of the newest lines when there are too many, and so of the end", () => {
    const buffer = prependPage(append(emptyBuffer, 10, 16), page(4, 10), 8);
    expect(buffer).toMatchObject({ firstOffset: 4, nextOffset: 12, endOffset: 16 });
    expect(texts(buffer)).toBe("4 5 6 7 8 9 10 11");
    expect(isAtEnd(buffer)).toBe(false);
  });
});

describe("appendPage", () => {
  const away = showPage(append(emptyBuffer, 90, 100), page(20, 24));

  it("goes on towards the end and lets go of what is far behind", () => {
    const buffer = appendPage(away, page(24, 30), 8);
    expect(texts(buffer)).toBe("22 23 24 25 26 27 28 29");
    expect(buffer).toMatchObject({ firstOffset: 22, nextOffset: 30, endOffset: 100 });
  });

  it("reaches the end, where new lines are shown again", () => {
    const buffer = appendPage(showPage(away, page(96, 98)), page(98, 100));
    expect(isAtEnd(buffer)).toBe(true);
    expect(texts(append(buffer, 100, 101))).toBe("96 97 98 99 100");
  });

  it("where lines were removed meanwhile it begins with what is left", () => {
    expect(texts(appendPage(away, page(40, 42, 40)))).toBe("40 41");
  });
});

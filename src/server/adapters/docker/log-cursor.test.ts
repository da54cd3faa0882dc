import { describe, expect, test } from "vitest";
import { LogCursor } from "./log-cursor";

const start = 1_767_225_600_000_000_000n;
const at = (ns: number) => start + BigInt(ns);

/** What an Engine would send for this cursor: the lines of the file from `since` on, in file order. */
function read(file: bigint[], cursorText: string | null, limit = Number.POSITIVE_INFINITY) {
  const cursor = new LogCursor(cursorText);
  const lines: { index: number; cursor: string }[] = [];
  for (const [index, time] of file.entries()) {
    const after = cursor.advance(time);
    if (after !== null) lines.push({ index, cursor: after });
    if (lines.length === limit) break;
  }
  return lines;
}

describe("LogCursor", () => {
  const files = {
    "rising times": [1, 2, 3, 4, 5].map((n) => at(n * 1000)),
    "equal times": [7, 7, 7, 7, 8].map(at),
    "streams stamped out of order": [at(5000), at(4000), at(6000), at(5500), at(5500)],
    "quiet gaps": [at(0), at(100_000_000), at(100_000_001), at(400_000_000), at(900_000_000)],
  };

  test.each(Object.entries(files))("%s: stopping after any line and going on gives each line once", (_name, file) => {
    for (let stop = 1; stop <= file.length; stop += 1) {
      const first = read(file, null, stop);
      const rest = read(file, first.at(-1)?.cursor ?? null);
      expect([...first, ...rest].map((line) => line.index)).toEqual(file.map((_line, index) => index));
    }
  });

  test("going on again and again, a line at a time, gives each line once", () => {
    const file = files["streams stamped out of order"];
    const seen: number[] = [];
    for (let cursor: string | null = null; seen.length < file.length; ) {
      const [line] = read(file, cursor, 1);
      if (!line) break;
      seen.push(line.index);
      cursor = line.cursor;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });

  test("a line stamped far in the past is given once and makes no other line vanish", () => {
    const file = [at(300_000_000), at(10_000_000), at(310_000_000)];
    const first = read(file, null, 2);
    const since = file.filter((time) => time !== at(10_000_000));
    expect(read(since, first[1]?.cursor ?? null)).toEqual([expect.objectContaining({ index: 1 })]);
  });

  test("asks the Engine from shortly before the newest line read", () => {
    const [line] = read([at(510_000_000)], null);
    expect(new LogCursor(line?.cursor ?? "").since).toBe("1767225600.450000000");
    expect(new LogCursor(null).since).toBe("0.000000000");
  });

  test("where lines that were read are gone, those after them are all given; where all of those are, some may lack", () => {
    const file = [1, 2, 3, 4, 5, 6].map((n) => at(300_000_000 + n));
    const after = read(file, null, 4).at(-1)?.cursor ?? null;
    const rest = (rotated: number) => {
      const cursor = new LogCursor(after);
      const given = file.slice(rotated).filter((time) => cursor.advance(time) !== null);
      return { given: given.length, mayLack: cursor.mayLack };
    };
    expect(rest(0)).toEqual({ given: 2, mayLack: false });
    expect(rest(3)).toEqual({ given: 2, mayLack: false });
    expect(rest(4)).toEqual({ given: 2, mayLack: true });
    expect(rest(5)).toEqual({ given: 1, mayLack: true });
  });

  test.each(["yesterday", "1+1"])("a foreign text is refused: %s", (text) => {
    expect(() => new LogCursor(text)).toThrow(RangeError);
  });
});

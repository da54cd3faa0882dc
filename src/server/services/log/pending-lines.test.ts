import { expect, it } from "vitest";
import type { StoredLogLine } from "@/domain/log-line";
import { PendingLines } from "./pending-lines";

const lines = (from: number, to: number): StoredLogLine[] =>
  Array.from({ length: to - from }, (_, index) => ({ t: 0, s: "stdout", x: String(from + index) }));
const drain = (pending: PendingLines) => {
  const batches: [string | undefined, string | undefined, string | null][] = [];
  for (let batch = pending.next(); batch; batch = pending.next()) {
    batches.push([batch.lines.at(0)?.x, batch.lines.at(-1)?.x, batch.cursor]);
    pending.remove(batch);
  }
  return batches;
};

it("a batch ends where a cursor stands", () => {
  const pending = new PendingLines();
  pending.add(lines(0, 2));
  pending.mark("two");
  pending.add(lines(2, 5));
  expect(drain(pending)).toEqual([["0", "1", "two"]]);
  expect(pending.lines).toBe(3);
  pending.mark("five");
  expect(drain(pending)).toEqual([["2", "4", "five"]]);
  expect([pending.lines, pending.characters]).toEqual([0, 0]);
});

it("is cut into chunks, each with the cursor of its last line", () => {
  const pending = new PendingLines();
  for (let n = 0; n < 2_500; n += 1) {
    pending.add(lines(n, n + 1));
    pending.mark(`after ${n}`);
  }
  expect(drain(pending)).toEqual([
    ["0", "999", "after 999"],
    ["1000", "1999", "after 1999"],
    ["2000", "2499", "after 2499"],
  ]);
});

it("goes on without a cursor where a line is held back for longer than a chunk", () => {
  const pending = new PendingLines();
  pending.add(lines(0, 1_001));
  expect(drain(pending)).toEqual([["0", "999", null]]);
});

it("moves the cursor over lines that were dropped", () => {
  const pending = new PendingLines();
  pending.mark("one");
  pending.mark("two");
  expect(drain(pending)).toEqual([[undefined, undefined, "two"]]);
});

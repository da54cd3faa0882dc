import { expect, it } from "vitest";
import { isToBeAsked, type Tally, tally } from "./tally";

const at = (second: number) => new Date(second * 1000);

it("counts the good answers in a row, and all", () => {
  const answers = [true, true, false, true].reduce<Tally | undefined>(
    (before, isGood, second) => tally(before, isGood, at(second)),
    undefined,
  );
  expect(answers).toEqual({ asked: 4, successes: 1, askedAt: at(3) });
});

it("asks an interval after a good answer, and at once after a bad one or none", () => {
  expect(isToBeAsked(undefined, at(0), 10_000)).toBe(true);
  expect(isToBeAsked(tally(undefined, false, at(0)), at(0), 10_000)).toBe(true);
  const good = tally(undefined, true, at(0));
  expect(isToBeAsked(good, at(9), 10_000)).toBe(false);
  expect(isToBeAsked(good, at(10), 10_000)).toBe(true);
});

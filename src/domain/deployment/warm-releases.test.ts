import { expect, it } from "vitest";
import { sortWarmReleases, type WarmRelease } from "./warm-releases";

const now = new Date("2026-01-01T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const release = (releaseId: string, retiredBefore: number, warmFor: number, drained = true): WarmRelease => ({
  releaseId,
  retiredAt: minutes(-retiredBefore),
  warmUntil: minutes(warmFor),
  drained,
});

it.each<[string, WarmRelease[], number, string[], Date | null]>([
  ["none", [], 1, [], null],
  ["one in its window stays", [release("a", 1, 9)], 1, [], minutes(9)],
  ["one past its window goes", [release("a", 11, -1)], 1, ["a"], null],
  ["one at the end of its window goes", [release("a", 10, 0)], 1, ["a"], null],
  ["the older of two goes", [release("a", 5, 5), release("b", 1, 9)], 1, ["a"], minutes(9)],
  ["two may stay", [release("a", 5, 5), release("b", 1, 9)], 2, [], minutes(5)],
  ["no warm releases", [release("a", 1, 9)], 0, ["a"], null],
  ["one with requests under way is not stopped", [release("a", 1, -1, false)], 0, [], null],
])("%s", (_name, releases, warmReleases, cold, nextAt) => {
  const sorted = sortWarmReleases(releases, { warmReleases }, now);
  expect(sorted.cold.map((one) => one.releaseId)).toEqual(cold);
  expect(sorted.nextAt).toEqual(nextAt);
});

import { expect, it } from "vitest";
import { indexOfKey } from "./index-of-key";

const keys = [4, 7, 8, 20];
const find = (key: number, of = keys) => indexOfKey(of.length, (index) => of[index] ?? 0, key);

it("finds each key, and for one that lacks the next", () => {
  expect(keys.map((key) => find(key))).toEqual([0, 1, 2, 3]);
  expect(find(9)).toBe(3);
  expect([find(3), find(21), find(1, [])]).toEqual([null, null, null]);
});

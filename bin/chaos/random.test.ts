import { describe, expect, it } from "vitest";
import { createRandom } from "./random";

const draw = (seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 50 }, () => random.between(0, 9));
};

describe("createRandom", () => {
  it("repeats itself from the same seed and differs from another", () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("reaches every number of the range and none beside it", () => {
    expect([...new Set(draw(1))].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("a fork does not depend on what was drawn before", () => {
    const [one, other] = [createRandom(3), createRandom(3)];
    other.next();
    expect(one.fork("faults").next()).toBe(other.fork("faults").next());
    expect(one.fork("faults").next()).not.toBe(one.fork("people").next());
  });

  it("shuffles without losing anything", () => {
    expect(createRandom(5).shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
  });
});

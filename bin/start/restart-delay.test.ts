import { expect, it } from "vitest";
import { restartDelay } from "./restart-delay";

it("is none at first, doubles up to half a minute, and begins anew after ten seconds of life", () => {
  const delays: number[] = [];
  let state = { endsInARow: 0 };
  for (const ranMs of [10, 10, 10, 10, 10, 10, 10, 10, 10, 10_000, 10]) {
    const next = restartDelay(state, ranMs);
    state = next.state;
    delays.push(next.delayMs);
  }
  expect(delays).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 0, 500]);
});

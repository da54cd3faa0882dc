import { expect, it } from "vitest";
import { restartDelay } from "./restart-delay";

it("doubles up to half a minute, and begins anew after a minute of life", () => {
  const delays: number[] = [];
  let state = { endsInARow: 0 };
  for (const ranMs of [10, 10, 10, 10, 10, 10, 10, 10, 60_000, 10]) {
    const next = restartDelay(state, ranMs);
    state = next.state;
    delays.push(next.delayMs);
  }
  expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 500, 1000]);
});

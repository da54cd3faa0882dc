import { expect, it } from "vitest";
import { isMet, type Measurement, median, percentile } from "./measurement";
import { renderTable } from "./render-table";

const measurement = (change: Partial<Measurement>): Measurement => ({
  section: "s",
  name: "n",
  value: 10,
  unit: "ms",
  target: null,
  detail: "",
  samples: [],
  ...change,
});

it("takes percentiles by nearest rank", () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect([median(values), percentile(values, 0.95), percentile(values, 1), percentile([], 0.5)]).toEqual([
    10, 19, 20, 0,
  ]);
});

it("knows whether a promise is kept", () => {
  expect(isMet(measurement({}))).toBe(true);
  expect(isMet(measurement({ target: { atMost: 10 } }))).toBe(true);
  expect(isMet(measurement({ target: { atMost: 9 } }))).toBe(false);
  expect(isMet(measurement({ target: { atLeast: 11 } }))).toBe(false);
});

it("shows what is missed", () => {
  const table = renderTable([
    measurement({ name: "kept", target: { atMost: 20 } }),
    measurement({ name: "missed", value: 1.26, unit: "x", target: { atMost: 1.2 } }),
    measurement({ section: "t", name: "shown", detail: "of three" }),
  ]);
  expect(table).toBe(
    [
      "s",
      "  kept          10 ms  ✓ at most 20 ms",
      "  missed       1.26 x  ✗ at most 1.2 x",
      "t",
      "  shown         10 ms  of three",
    ].join("\n"),
  );
});

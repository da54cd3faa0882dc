import { expect, it } from "vitest";
import { latencyBoundsMs, Records } from "./records";

it("counts answers by class and latency by bound", () => {
  const records = new Records();
  for (const [status, durationMs] of [
    [200, 5],
    [204, 6],
    [302, 60_000],
    [404, 1],
    [502, 300],
  ] as const) {
    records.add("dep-1", { status, durationMs });
  }
  records.add("dep-1", "upgraded");
  records.add("dep-1", "aborted");
  const [record] = records.all();
  expect(record?.answers).toEqual({ "2xx": 2, "3xx": 1, "4xx": 1, "5xx": 1, upgraded: 1, aborted: 1 });
  expect(record?.latency).toEqual({
    count: 5,
    sumMs: 60_312,
    countByBound: latencyBoundsMs.map((bound) => [5, 6, 60_000, 1, 300].filter((ms) => ms <= bound).length),
  });
});

it("keeps a bounded number of backends", () => {
  const records = new Records(2);
  for (const name of ["a", "b", "c"]) records.add(name, "aborted");
  expect(records.all().map(({ backend }) => backend)).toEqual(["b", "c"]);
});

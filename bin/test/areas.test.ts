import { globSync } from "node:fs";
import { expect, it } from "vitest";
import { type Area, areas, describeAreas, isAreaName } from "./areas";

it("knows its areas and lists them", () => {
  expect(isAreaName("main-job")).toBe(true);
  expect(isAreaName("toString")).toBe(false);
  expect(describeAreas()).toContain("main-job");
});

it("leaves no test file out", () => {
  const paths = Object.values<Area>(areas).flatMap((area) => area.paths);
  const files = globSync("{src,worker,bin}/**/*.test.{ts,tsx}");
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !paths.some((start) => file.startsWith(start)))).toEqual([]);
});

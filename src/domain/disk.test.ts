import { describe, expect, it } from "vitest";
import { type DiskLevel, type DiskSpace, diskLevel, formatMark, parseMark, worstLevel } from "./disk";

const gib = 2 ** 30;
const marks = { clean: { usedPercent: 85 }, refuse: { freeBytes: 5 * gib } };
const space = (freeGib: number, totalGib = 100): DiskSpace => ({
  totalBytes: totalGib * gib,
  freeBytes: freeGib * gib,
});

describe("parseMark", () => {
  it.each([
    ["85%", { usedPercent: 85 }],
    [" 92.5 % ", { usedPercent: 92.5 }],
    ["10GB", { freeBytes: 10 * gib }],
    ["0.5 gb", { freeBytes: gib / 2 }],
  ])("reads %s", (text, mark) => {
    expect(parseMark(text)).toEqual(mark);
    expect(parseMark(formatMark(mark))).toEqual(mark);
  });

  it.each(["", "85", "101%", "0%", "-3GB", "much", "5 MB"])("does not read %s", (text) => {
    expect(parseMark(text)).toBeNull();
  });
});

it.each<[string, DiskSpace, DiskLevel]>([
  ["plenty", space(50), "ok"],
  ["just below the first mark", space(15.01), "ok"],
  ["at the first mark", space(15), "clean"],
  ["at the second mark", space(5), "refuse"],
  ["at the second and not at the first", space(4, 10), "refuse"],
  ["a disk that says nothing", { totalBytes: 0, freeBytes: 0 }, "ok"],
])("%s", (_what, disk, level) => {
  expect(diskLevel(disk, marks)).toBe(level);
});

it("the fullest disk counts", () => {
  expect(worstLevel([])).toBe("ok");
  expect(worstLevel(["clean", "refuse", "ok"])).toBe("refuse");
  expect(worstLevel(["ok", "clean"])).toBe("clean");
});

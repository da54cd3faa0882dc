import { describe, expect, it } from "vitest";
import { formatDate, formatDuration, formatRelative } from "./format-time";

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const ago = (ms: number) => formatRelative(now - ms, now);

describe("formatRelative", () => {
  it("counts in the largest whole unit", () => {
    expect(ago(0)).toBe("just now");
    expect(ago(9_999)).toBe("just now");
    expect(ago(10_000)).toBe("10 s ago");
    expect(ago(59_999)).toBe("59 s ago");
    expect(ago(60_000)).toBe("1 min ago");
    expect(ago(3_599_999)).toBe("59 min ago");
    expect(ago(3_600_000)).toBe("1 h ago");
    expect(ago(86_400_000)).toBe("1 d ago");
    expect(ago(30 * 86_400_000)).toBe("30 d ago");
  });

  it("gives the date for what is long ago", () => {
    expect(ago(31 * 86_400_000)).toBe("23 Oct 2026");
  });

  it("speaks of the future, too", () => {
    expect(formatRelative(now + 90_000, now)).toBe("in 1 min");
  });
});

describe("formatDuration", () => {
  it.each([
    [-5, "< 0.1 s"],
    [99, "< 0.1 s"],
    [449, "0.4 s"],
    [9_999, "9.9 s"],
    [10_000, "10 s"],
    [59_999, "59 s"],
    [60_000, "1 min 00 s"],
    [185_400, "3 min 05 s"],
    [3_600_000, "1 h 00 min"],
    [7_800_000, "2 h 10 min"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

it("formatDate is the same everywhere", () => {
  expect(formatDate(Date.UTC(2026, 0, 1, 0, 30))).toBe("1 Jan 2026");
});

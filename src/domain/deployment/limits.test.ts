import { expect, it } from "vitest";
import { frozen } from "@/testing/decide-cases";
import { limitInWords, spanInWords } from "./limits";

it.each([
  [0, "0 seconds"],
  [1_000, "1 second"],
  [45_000, "45 seconds"],
  [60_000, "1 minute"],
  [600_000, "10 minutes"],
  [150_000, "2 minutes 30 seconds"],
  [14_400_000, "4 hours"],
  [3_661_000, "1 hour 1 minute 1 second"],
])("%i ms is %s", (ms, text) => {
  expect(spanInWords(ms)).toBe(text);
});

it("names the setting", () => {
  expect(limitInWords({ ...frozen.limits, buildMs: 600_000 }, "buildMs")).toBe("10 minutes (BUILD_TIMEOUT_SECONDS)");
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rememberFor } from "./remember-for";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("each key is worked out once within the time", async () => {
  const work = vi.fn(async (key: string) => key.length);
  const remembered = rememberFor(1000, work);
  expect([await remembered("a"), await remembered("a"), await remembered("bb")]).toEqual([1, 1, 2]);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1001);
  await remembered("a");
  expect(work).toHaveBeenCalledTimes(3);
});

test("a failure is not remembered", async () => {
  const work = vi.fn().mockRejectedValueOnce(new Error("not yet")).mockResolvedValueOnce("there");
  const remembered = rememberFor(1000, work);
  await expect(remembered("a")).rejects.toThrow("not yet");
  expect(await remembered("a")).toBe("there");
});

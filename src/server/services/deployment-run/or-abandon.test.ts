import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { orAbandon } from "./or-abandon";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hanging = () => new Promise<never>(() => undefined);

it("gives what the work gives, or throws what it throws", async () => {
  const { signal } = new AbortController();
  expect(await orAbandon(Promise.resolve(7), signal, 10)).toBe(7);
  await expect(orAbandon(Promise.reject(new Error("broken")), signal, 10)).rejects.toThrow("broken");
});

it("lets work that was told to stop come to its end", async () => {
  const abort = new AbortController();
  const work = new Promise<string>((resolve) => setTimeout(() => resolve("cleaned up"), 900));
  const result = orAbandon(work, abort.signal, 1_000);
  abort.abort(new Error("cancelled"));
  await vi.advanceTimersByTimeAsync(900);
  expect(await result).toBe("cleaned up");
});

it("waits no longer than the grace for what hangs, told before or meanwhile", async () => {
  const abort = new AbortController();
  const meanwhile = expect(orAbandon(hanging(), abort.signal, 1_000)).rejects.toThrow("cancelled");
  abort.abort(new Error("cancelled"));
  const before = expect(orAbandon(hanging(), abort.signal, 1_000)).rejects.toThrow("cancelled");
  await vi.advanceTimersByTimeAsync(1_000);
  await meanwhile;
  await before;
});

it("an error that comes after it was abandoned is no unhandled one", async () => {
  const signal = AbortSignal.abort(new Error("cancelled"));
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error("late")), 50));
  const result = expect(orAbandon(late, signal, 10)).rejects.toThrow("cancelled");
  await vi.advanceTimersByTimeAsync(100);
  await result;
});

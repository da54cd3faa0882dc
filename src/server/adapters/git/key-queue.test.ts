import { expect, test } from "vitest";
import { createKeyQueue } from "./key-queue";

const forever = new AbortController().signal;

test("one after the other for a key, side by side for others, also after a failure", async () => {
  const enqueue = createKeyQueue();
  const seen: string[] = [];
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const first = enqueue("a", async () => {
    await finished;
    seen.push("first");
    throw new Error("broken");
  });
  const second = enqueue("a", async () => seen.push("second"));
  await enqueue("b", async () => seen.push("other"), forever);
  finish();
  await expect(first).rejects.toThrow("broken");
  await second;
  expect(seen).toEqual(["other", "first", "second"]);
});

test("one that waits leaves at once, and is never run", async () => {
  const enqueue = createKeyQueue();
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const first = enqueue("a", () => finished);
  const abort = new AbortController();
  const seen: string[] = [];
  const waiting = enqueue("a", async () => seen.push("ran"), abort.signal);
  abort.abort(new Error("no longer wanted"));
  await expect(waiting).rejects.toThrow("no longer wanted");
  const last = enqueue("a", async () => seen.push("last"));
  finish();
  await Promise.all([first, last]);
  expect(seen).toEqual(["last"]);
});

test("one that has begun is waited for", async () => {
  const enqueue = createKeyQueue();
  const abort = new AbortController();
  const running = enqueue(
    "a",
    async () => {
      abort.abort(new Error("no longer wanted"));
      return "cleaned up";
    },
    abort.signal,
  );
  expect(await running).toBe("cleaned up");
});

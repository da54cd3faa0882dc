import { expect, test } from "vitest";
import { KeyedLock } from "./keyed-lock";

const forever = new AbortController().signal;

test("work of one key runs one after the other, of two keys side by side, and a failure stops nothing", async () => {
  const lock = new KeyedLock();
  const steps: string[] = [];
  const work =
    (name: string, fails = false) =>
    async () => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
  const first = lock.run("k", work("first", true), forever);
  const second = lock.run("k", work("second"), forever);
  const other = lock.run("other", work("other"), forever);
  await expect(first).rejects.toThrow("first");
  await Promise.all([second, other]);
  expect(steps.filter((step) => !step.startsWith("other"))).toEqual([
    "first begins",
    "first ends",
    "second begins",
    "second ends",
  ]);
  expect(steps.indexOf("other begins")).toBeLessThan(steps.indexOf("second begins"));
});

test("an abort ends the waiting at once, and what waited is not done", async () => {
  const lock = new KeyedLock();
  let finish = () => {};
  const first = lock.run("k", () => new Promise<void>((resolve) => (finish = resolve)), forever);
  const abort = new AbortController();
  let ran = false;
  const waiting = lock.run("k", async () => (ran = true), abort.signal);
  const reason = new Error("no longer wanted");
  abort.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  finish();
  await first;
  await lock.run("k", async () => {}, forever);
  expect(ran).toBe(false);
});

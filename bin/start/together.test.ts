import { expect, it } from "vitest";
import { together } from "./together";

it("hands back all results", async () => {
  expect(await together(new AbortController(), [Promise.resolve(1), Promise.resolve("a")])).toEqual([1, "a"]);
});

it("aborts the others on the first failure and throws it once they have come to rest", async () => {
  const abort = new AbortController();
  let rested = false;
  const other = new Promise<void>((_resolve, reject) => {
    abort.signal.addEventListener("abort", () => {
      rested = true;
      reject(new Error("aborted"));
    });
  });
  await expect(together(abort, [other, Promise.reject(new Error("first"))])).rejects.toThrow("first");
  expect(rested).toBe(true);
});

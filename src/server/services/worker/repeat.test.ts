import pino from "pino";
import { expect, it } from "vitest";
import { repeat } from "./repeat";

/** What is logged of a first failure and of a second one, which begins as it is told. */
async function failTwice(second: (works: () => void) => void): Promise<number> {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const enough = new AbortController();
  let calls = 0;
  await repeat("the work", log, enough.signal, async (works) => {
    calls += 1;
    if (calls === 2) second(works);
    if (calls === 3) enough.abort();
    throw new Error("it failed");
  });
  return lines.length;
}

it.concurrent("a row of failures is one piece of news", async () => {
  expect(await failTwice(() => undefined)).toBe(1);
});

it.concurrent("what failed after it had worked failed anew", async () => {
  expect(await failTwice((works) => works())).toBe(2);
});

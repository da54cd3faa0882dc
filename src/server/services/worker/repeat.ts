import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@/server/log";

const firstPauseMs = 1_000;
const longestPauseMs = 10_000;

/**
 * Does a piece of work again and again until the signal aborts. It says how long to rest (ms); after a failure the rests
 * grow, and only the first of a row is logged: an Engine that is away for an hour is one piece of news. Work that goes on
 * for as long as all is well, such as following events, calls `works` once it is: what fails after that failed anew.
 */
export async function repeat(
  what: string,
  log: Logger,
  signal: AbortSignal,
  work: (works: () => void) => Promise<number>,
): Promise<void> {
  let failures = 0;
  const works = () => {
    failures = 0;
  };
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      pauseMs = await work(works);
      works();
    } catch (error) {
      if (signal.aborted) return;
      if (failures === 0) log.warn({ err: error }, `${what} failed; trying again until it works`);
      pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
      failures += 1;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

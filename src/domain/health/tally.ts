/** Good answers of one container in a row, and when it is to be asked again. */
export type Tally = { successes: number; askAgainAt: Date };

/** A bad answer begins the row anew; the container is then asked again as soon as its caller likes. */
export function tally(before: Tally | undefined, isGood: boolean, now: Date, intervalMs: number): Tally {
  if (!isGood) return { successes: 0, askAgainAt: now };
  return { successes: (before?.successes ?? 0) + 1, askAgainAt: new Date(now.getTime() + intervalMs) };
}

/** What one container answered so far: how often it was asked, and its good answers in a row. */
export type Tally = { asked: number; successes: number; askedAt: Date };

/** A bad answer begins the row anew. */
export function tally(before: Tally | undefined, isGood: boolean, askedAt: Date): Tally {
  return { asked: (before?.asked ?? 0) + 1, successes: isGood ? (before?.successes ?? 0) + 1 : 0, askedAt };
}

/** After a good answer an interval passes; after a bad one it is asked as soon as its caller likes. */
export function isToBeAsked(before: Tally | undefined, now: Date, intervalMs: number): boolean {
  return !before?.successes || now.getTime() - before.askedAt.getTime() >= intervalMs;
}

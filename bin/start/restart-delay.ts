const stableMs = 60_000;
const firstMs = 500;
const mostMs = 30_000;

export type RestartState = { endsInARow: number };

/** How long to wait before a process that ended is started again, in ms: doubling, from the start once it ran for a minute. */
export function restartDelay(state: RestartState, ranMs: number): { delayMs: number; state: RestartState } {
  const endsInARow = ranMs >= stableMs ? 1 : state.endsInARow + 1;
  return { delayMs: Math.min(mostMs, firstMs * 2 ** (endsInARow - 1)), state: { endsInARow } };
}

const stableMs = 10_000;
const firstMs = 500;
const mostMs = 30_000;

export type RestartState = { endsInARow: number };

/** How long to wait before a process that ended is started again, in ms: not at all, then doubling; anew once it ran for ten seconds. */
export function restartDelay(state: RestartState, ranMs: number): { delayMs: number; state: RestartState } {
  const endsInARow = ranMs >= stableMs ? 1 : state.endsInARow + 1;
  const delayMs = endsInARow === 1 ? 0 : Math.min(mostMs, firstMs * 2 ** (endsInARow - 2));
  return { delayMs, state: { endsInARow } };
}

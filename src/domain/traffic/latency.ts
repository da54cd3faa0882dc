/**
 * How long answers took, as counts in bins: small, of a fixed size, and two can be added. A bin says its own bounds, so
 * that counts of any router can be read: the embedded one's are narrow, Traefik's as wide as its operator chose them.
 */

/** Answers that took longer than `fromMs`, at most `toMs`. */
export type LatencyBin = readonly [fromMs: number, toMs: number, count: number];

/** Ascending bins, none of them empty. */
export type Latency = readonly LatencyBin[];

/** A quantile. The true value lies within its bin; `ms` is the bin's geometric middle. */
export type Quantile = { ms: number; fromMs: number; toMs: number };

/** Bins an octave: a bin is 9.05 % wide, so its middle is at most 4.43 % off (2^(1/16) - 1). */
const binsPerOctave = 8;
/** From 1 ms to 2^17 ms, some two minutes; what takes longer is counted in the last bin. */
const octaves = 17;

/** Upper bounds of the embedded router's bins, in ms. Below the first all is one. */
export const latencyBoundsMs: readonly number[] = Array.from({ length: octaves * binsPerOctave + 1 }, (_, index) =>
  // Rounded, since they are written down many times.
  Number((2 ** (index / binsPerOctave)).toPrecision(4)),
);

/** Which bin a duration falls into. */
export function latencyBinOf(durationMs: number): number {
  if (durationMs <= 1) return 0;
  // The bounds are rounded: next to one the logarithm may name a neighbour.
  let index = Math.ceil(Math.log2(durationMs) * binsPerOctave) - 1;
  while (index < latencyBoundsMs.length - 1 && durationMs > (latencyBoundsMs[index] ?? 0)) index += 1;
  return Math.min(latencyBoundsMs.length - 1, index);
}

/** The bins that hold something, of counts by bin. */
export function latencyOf(countByBin: ArrayLike<number>): LatencyBin[] {
  return Array.from(countByBin).flatMap((count, index): LatencyBin[] => {
    const toMs = latencyBoundsMs[index];
    return count > 0 && toMs !== undefined ? [[latencyBoundsMs[index - 1] ?? 0, toMs, count]] : [];
  });
}

/** All of them together. */
export function addLatencies(parts: Iterable<Latency>): LatencyBin[] {
  const sums = new Map<string, LatencyBin>();
  for (const part of parts) {
    for (const [fromMs, toMs, count] of part) {
      const key = `${fromMs} ${toMs}`;
      sums.set(key, [fromMs, toMs, (sums.get(key)?.[2] ?? 0) + count]);
    }
  }
  return [...sums.values()].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}

/** The value that the share `q` (0 to 1) of the answers did not exceed, by nearest rank; null where there are none. */
export function quantile(latency: Latency, q: number): Quantile | null {
  const total = latency.reduce((sum, [, , count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (const [fromMs, toMs, count] of latency) {
    seen += count;
    if (seen >= rank) return { ms: middleOf(fromMs, toMs), fromMs, toMs };
  }
  return null;
}

function middleOf(fromMs: number, toMs: number): number {
  return Number((fromMs === 0 ? toMs : Math.sqrt(fromMs * toMs)).toPrecision(3));
}

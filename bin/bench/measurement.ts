/** What a benchmark says: a number, its unit, and the number it must keep to, where there is one. */
export type Measurement = {
  section: string;
  name: string;
  value: number;
  unit: "ms" | "x" | "MB" | "requests/s" | "failures" | "connections";
  /** The promise that this number is held to; null: shown for information. */
  target: { atMost: number } | { atLeast: number } | null;
  /** What the number was made of, in words. */
  detail: string;
  /** The single measurements, where the number sums them up. */
  samples: number[];
};

export function isMet({ value, target }: Measurement): boolean {
  if (target === null) return true;
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}

/** `share` of 0..1: 0.5 is the median. The nearest-rank method; 0 for no values. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const median = (values: number[]) => percentile(values, 0.5);

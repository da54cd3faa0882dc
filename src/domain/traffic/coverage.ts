/**
 * What of a span of time was really counted. A router forgets when it ends and a worker may be away, so "0 failed" can be
 * said of a span only where there is no gap in it.
 */

export type GapReason =
  /** The router was started in the middle: what it had counted before was not copied yet, or it was down. */
  | "router_restarted"
  /** The router did not answer whoever copies its records. */
  | "router_unreachable"
  /** Nobody copied for so long that the router had dropped it, or it had too much to keep. */
  | "not_kept";

/** ISO 8601. */
export type Gap = { from: string; until: string; why: GapReason };

export type Coverage = {
  /** Everything up to here was counted, the gaps excepted; null: nothing was read yet. */
  countedUntil: Date | null;
  /** Which run of the router counted last. */
  countedBy: string | null;
  gaps: Gap[];
};

export const nothingCovered: Coverage = { countedUntil: null, countedBy: null, gaps: [] };

/** After another reading of the router's records. `from` and `until` bound the span that is asked about. */
export function extendCoverage(
  coverage: Coverage,
  span: { from: Date; until: Date },
  reading: { countedBy: string; startedAt: Date; countedSince: Date; readAt: Date },
): Coverage {
  const known = coverage.countedUntil ?? span.from;
  const readUntil = earlier(reading.readAt, span.until);
  if (readUntil <= known) return coverage;
  const since = earlier(reading.countedSince, readUntil);
  const why: GapReason = reading.startedAt > known ? "router_restarted" : "not_kept";
  const gap = since > known ? [{ ...isoSpan(known, since), why }] : [];
  return { countedUntil: readUntil, countedBy: reading.countedBy, gaps: [...coverage.gaps, ...gap] };
}

/** Gives up on what is missing at the end of the span. */
export function closeCoverage(coverage: Coverage, span: { from: Date; until: Date }): Coverage {
  const known = coverage.countedUntil ?? span.from;
  if (known >= span.until) return coverage;
  const gap: Gap = { ...isoSpan(known, span.until), why: "router_unreachable" };
  return { ...coverage, countedUntil: span.until, gaps: [...coverage.gaps, gap] };
}

function isoSpan(from: Date, until: Date): { from: string; until: string } {
  return { from: from.toISOString(), until: until.toISOString() };
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

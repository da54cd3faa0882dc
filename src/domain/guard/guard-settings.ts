/** The guard after a switch: how long it watches a release, and what it does not put up with. */
export type GuardSettings = {
  enabled: boolean;
  /** How long after the switch. */
  windowSeconds: number;
  /** By how much the share of failed requests (0 to 1) may be above that of the replaced release; null: not judged. */
  maxErrorRateIncrease: number | null;
  /** How many times the replaced release's p95 the new one's may be; null: not judged. */
  maxP95Factor: number | null;
  /** Requests that each of the two must have been asked before they are compared. */
  minRequests: number;
  /** Restarts of one replica that are taken for a crash loop; null: not judged. */
  maxRestarts: number | null;
};

/** Cautious: latency differs for many reasons that no rollback cures, so it is judged where somebody says so alone. */
export const defaultGuard: GuardSettings = {
  enabled: true,
  windowSeconds: 300,
  maxErrorRateIncrease: 0.1,
  maxP95Factor: null,
  minRequests: 50,
  maxRestarts: 3,
};

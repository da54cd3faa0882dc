/** What the Engine found by running an image's HEALTHCHECK. */
export type EngineHealth = {
  status: "starting" | "healthy" | "unhealthy";
  /** Its last good results in a row; it remembers five. */
  successes: number;
  /** When it ended last; null before that. */
  ranAt: Date | null;
  /** What the check printed last, where it failed: the start of it. */
  output: string | null;
};

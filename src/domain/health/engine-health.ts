/** What the Engine found by running an image's HEALTHCHECK. */
export type EngineHealth = {
  status: "starting" | "healthy" | "unhealthy";
  /** Its last good results in a row; it remembers five. */
  successes: number;
  /** What the check printed last, where it failed: the start of it. */
  output: string | null;
};

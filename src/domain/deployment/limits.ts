/** How long what may take, and how people are told: with the name of the setting that they would have to change. */

/** All in ms. */
export type PhaseLimits = {
  fetchMs: number;
  buildMs: number;
  /** To start the containers. */
  releaseMs: number;
  healthMs: number;
  /** For the router to confirm a route. */
  routeMs: number;
  /** For an Engine that went away to come back. */
  engineMs: number;
};

const settings: Record<keyof PhaseLimits, string> = {
  fetchMs: "FETCH_TIMEOUT_SECONDS",
  buildMs: "BUILD_TIMEOUT_SECONDS",
  releaseMs: "RELEASE_TIMEOUT_SECONDS",
  healthMs: "HEALTH_TIMEOUT_SECONDS",
  routeMs: "ROUTE_TIMEOUT_SECONDS",
  engineMs: "ENGINE_WAIT_SECONDS",
};

/** "10 minutes (BUILD_TIMEOUT_SECONDS)". */
export function limitInWords(limits: PhaseLimits, which: keyof PhaseLimits): string {
  return `${spanInWords(limits[which])} (${settings[which]})`;
}

/** "45 seconds", "1 minute", "2 minutes 30 seconds", "4 hours". Rounded to seconds. */
export function spanInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [count(hours, "hour"), count(minutes, "minute"), count(seconds % 60, "second")];
  return parts.filter((part) => part !== null).join(" ") || "0 seconds";
}

function count(amount: number, unit: string): string | null {
  if (amount === 0) return null;
  return amount === 1 ? `1 ${unit}` : `${amount} ${unit}s`;
}

/** How a service says that it is well, before it gets requests. */

export type HttpCheck = { type: "http"; path: string; statusFrom: number; statusTo: number };

/** `image`: the HEALTHCHECK of its image, which the Engine runs. `tcp`: its port accepts connections. */
export type HealthCheck = HttpCheck | { type: "tcp" } | { type: "image" };

/** What is asked from outside the container. */
export type OutsideCheck = Exclude<HealthCheck, { type: "image" }>;

export type HealthSettings = {
  check: HealthCheck;
  /** Between a good answer and the next question. A new release that does not answer yet is asked more often. */
  intervalMs: number;
  /** How long an answer may take. */
  timeoutMs: number;
  /** So many good answers in a row make it healthy. */
  threshold: number;
  /** How long after its start it may be without a good answer. Null: as long as the server allows. */
  startPeriodMs: number | null;
};

export const usualStatuses = { statusFrom: 200, statusTo: 399 };

export const defaultHealth: HealthSettings = {
  check: { type: "tcp" },
  intervalMs: 10_000,
  timeoutMs: 5_000,
  threshold: 1,
  startPeriodMs: null,
};

/** A path that answers with a usual status, at the usual times. */
export function healthByPath(path: string): HealthSettings {
  return { ...defaultHealth, check: { type: "http", path, ...usualStatuses } };
}

/** Of a live release: one late answer is no news. Docker's own number of retries. */
export const failuresUntilUnhealthy = 3;

/** How long a release that answers at the last moment of its start period takes until it is healthy, in ms. */
export function neededMs({ check, threshold, intervalMs, startPeriodMs }: HealthSettings): number {
  // We ask at once; the Engine waits an interval before it runs a HEALTHCHECK for the first time.
  const intervals = check.type === "image" ? threshold : threshold - 1;
  return (startPeriodMs ?? 0) + intervals * intervalMs;
}

/** How long a new release may take to be healthy, in ms; `allowedMs` is the server's limit. */
export function healthLimitMs(settings: HealthSettings, allowedMs: number): number {
  if (settings.startPeriodMs === null) return allowedMs;
  return Math.min(allowedMs, neededMs(settings) + settings.timeoutMs);
}

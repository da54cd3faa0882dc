import { formatSpan } from "./format-span";
import type { HealthCheck, HealthSettings, HttpCheck } from "./health-settings";

/** What is waited for, after "Waiting for": "/health to answer with 200 to 399". */
export function describeCheck(check: HealthCheck): string {
  if (check.type === "http") return `${check.path} to answer with ${statusesInWords(check)}`;
  return check.type === "tcp" ? "the port to open" : "the image's HEALTHCHECK to pass";
}

/** "200 to 399", "204". */
export function statusesInWords({ statusFrom, statusTo }: HttpCheck): string {
  return statusFrom === statusTo ? String(statusFrom) : `${statusFrom} to ${statusTo}`;
}

/** All of it in one line, for a person who compares: "/health answers 200 to 399, every 10 s within 5 s". */
export function describeHealth({ check, intervalMs, timeoutMs, threshold, startPeriodMs }: HealthSettings): string {
  const what =
    check.type === "http"
      ? `${check.path} answers ${statusesInWords(check)}`
      : check.type === "tcp"
        ? "the port is open"
        : "the image's HEALTHCHECK passes";
  const times = [
    `every ${formatSpan(intervalMs)} within ${formatSpan(timeoutMs)}`,
    ...(threshold > 1 ? [`${threshold} times in a row`] : []),
    ...(startPeriodMs === null ? [] : [`${formatSpan(startPeriodMs)} to start`]),
  ];
  return [what, ...times].join(", ");
}

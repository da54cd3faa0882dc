import type { ErrorCode } from "@/domain/errors";

/**
 * How long to wait (ms) before a failed step is tried again, or null where trying again inside the deployment cannot
 * help. The Engine comes back after a restart of its daemon, so only the phase's limit ends that; a remote gets two more
 * tries, since most of its failures are a mistyped address.
 */
export function retryDelayMs(code: ErrorCode, attempts: number): number | null {
  if (code === "engine_unavailable") return Math.min(5_000, 250 * 2 ** (attempts - 1));
  if (code === "repository_unreachable") return attempts <= 2 ? 500 * 4 ** (attempts - 1) : null;
  return null;
}

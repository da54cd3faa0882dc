import { signInPath } from "@/features/session/sign-in-path";
import { readError } from "./read-error";

/**
 * A session that ended elsewhere ends here, too: with a full load, so that nothing of it stays in memory. True when
 * the page is being left.
 */
export function leaveWhenSignedOut(error: unknown): boolean {
  if (readError(error).code !== "unauthenticated") return false;
  window.location.assign(signInPath(window.location.pathname + window.location.search));
  return true;
}

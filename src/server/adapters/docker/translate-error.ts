/** Foreign errors become AppErrors here and nowhere else. The Engine's own words go to details and cause, not to people. */
import { AppError, type ErrorCode, isAppError } from "@/domain/errors";

const lost = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "EACCES",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** HTTP status of the Engine's answer, or null where there was none. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : null;
}

/** The Engine's own message, without the client library's wrapping. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const answer = "json" in error ? error.json : null;
  if (answer && typeof answer === "object" && "message" in answer) return String(answer.message);
  return error.message.replace(/^\(HTTP code \d+\) [\w ]+ - /, "").trim();
}

/** Whether the Engine went away before it answered to the end. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error) || statusOf(error) !== null) return false;
  if ("code" in error && typeof error.code === "string" && lost.has(error.code)) return true;
  return /socket hang up|aborted/i.test(error.message);
}

/** `code` is what the error means where it is neither a lost connection nor a full disk. */
export function translateError(error: unknown, code: ErrorCode = "engine_refused", details = {}): AppError {
  if (isAppError(error)) return error;
  const reason = reasonOf(error);
  if (isConnectionLoss(error)) return new AppError("engine_unavailable", { details: { reason }, cause: error });
  if (/no space left on device/i.test(reason)) return new AppError("disk_full", { details: { reason }, cause: error });
  return new AppError(code, { details: { ...details, reason }, cause: error });
}

/** Runs `work`; `absent` is its result where the Engine answers 404. Other errors are translated. */
export async function orAbsent<T, A>(work: Promise<T>, absent: A): Promise<T | A> {
  try {
    return await work;
  } catch (error) {
    if (statusOf(error) === 404) return absent;
    throw translateError(error);
  }
}

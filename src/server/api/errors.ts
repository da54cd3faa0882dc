/** The one place where an error becomes an answer. What is not an AppError shows a request id and nothing else. */
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { z } from "zod";
import type { ApiErrorData } from "@/contracts/api-error";
import { AppError, type ErrorCode, errorCatalogue } from "@/domain/errors";
import type { Logger } from "@/server/log";

type TrpcCode = TRPCError["code"];

const trpcCodes: Partial<Record<ErrorCode, TrpcCode>> = {
  not_found: "NOT_FOUND",
  unauthenticated: "UNAUTHORIZED",
  invalid_credentials: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  invalid_input: "BAD_REQUEST",
  conflict: "CONFLICT",
  name_taken: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  restarting: "SERVICE_UNAVAILABLE",
  unexpected: "INTERNAL_SERVER_ERROR",
};

/** What tRPC itself refuses: a path that is not there, a body that is not JSON, a wrong method. */
const refusals: Partial<Record<TrpcCode, ErrorCode>> = {
  NOT_FOUND: "not_found",
  BAD_REQUEST: "invalid_input",
  PARSE_ERROR: "invalid_input",
  METHOD_NOT_SUPPORTED: "invalid_input",
  UNSUPPORTED_MEDIA_TYPE: "invalid_input",
  PAYLOAD_TOO_LARGE: "invalid_input",
};

function fromZod(error: z.core.$ZodError): AppError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return new AppError("invalid_input", { details: { fields }, cause: error });
}

/** The AppError behind whatever was thrown. `unexpected` stands for what the catalogue does not know. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.core.$ZodError) return fromZod(error);
  if (!(error instanceof TRPCError)) return new AppError("unexpected", { cause: error });
  if (error.cause instanceof AppError) return error.cause;
  if (error.cause instanceof z.core.$ZodError) return fromZod(error.cause);
  return new AppError(refusals[error.code] ?? "unexpected", { cause: error });
}

/** The same error as tRPC wants it: its code sets the HTTP status. */
export function toTrpcError(error: unknown): TRPCError {
  const cause = toAppError(error);
  const byBlame = errorCatalogue[cause.code].blame === "input" ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR";
  return new TRPCError({ code: trpcCodes[cause.code] ?? byBlame, message: cause.message, cause });
}

export function toErrorData(error: TRPCError, requestId: string): ApiErrorData {
  return { ...toAppError(error).toRecord(), httpStatus: getHTTPStatusCodeFromError(error), requestId };
}

/** Writes what nobody expected to the operator's log. Errors of the catalogue are answers, not incidents. */
export function reportError(log: Logger, error: unknown, about: { requestId: string; path: string | undefined }): void {
  const known = toAppError(error);
  if (known.code === "unexpected") log.error({ ...about, err: known.cause ?? known }, "a procedure failed");
}

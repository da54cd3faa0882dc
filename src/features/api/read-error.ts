import { TRPCClientError } from "@trpc/client";
import type { ApiErrorData } from "@/contracts/api-error";
import type { ErrorCode } from "@/domain/errors";

/** An error as a person is told of it. `code` "unreachable": no answer came at all. */
export type ShownError = {
  code: ErrorCode | "unreachable";
  message: string;
  fix: string;
  retryable: boolean;
  requestId: string | null;
  /** Path of an input -> what is wrong with it. */
  fields: Record<string, string>;
};

const unreachable: ShownError = {
  code: "unreachable",
  message: "The platform does not answer.",
  fix: "Check your connection, then try again.",
  retryable: true,
  requestId: null,
  fields: {},
};

/** Makes something to show of whatever was thrown. Never throws. */
export function readError(error: unknown): ShownError {
  if (!(error instanceof TRPCClientError))
    return {
      ...unreachable,
      code: "unexpected",
      message: "Something went wrong on this page.",
      fix: "Reload the page.",
      retryable: false,
    };
  const data: ApiErrorData | null | undefined = error.data;
  if (!data?.code) return unreachable;
  const { code, message, fix, retryable, requestId, details } = data;
  return { code, message, fix, retryable, requestId: requestId || null, fields: details?.fields ?? {} };
}

import type { ErrorRecord } from "@/domain/errors";

/** `data` of every error the API answers with. Give the request id to the operator: the log has the rest. */
export type ApiErrorData = ErrorRecord & { httpStatus: number; requestId: string };

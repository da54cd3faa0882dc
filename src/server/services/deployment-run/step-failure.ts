import { DrizzleQueryError } from "drizzle-orm";
import pg from "pg";
import { AppError, type ErrorRecord } from "@/domain/errors";
import { scrubError } from "@/domain/scrub-error";
import type { Logger } from "@/server/log";

/**
 * What of an error is the deployment's or inspection's, without its secrets. A database that is away is not: such an error goes on, the job
 * ends, and the work is carried on later. Anything unknown is a fault of ours, which the operator's log shows whole.
 */
export function toErrorRecord(error: unknown, log: Logger, subjectId: string, secrets: string[]): ErrorRecord {
  if (error instanceof AppError) {
    if (error.blame === "platform") log.warn({ err: error, subjectId }, "a step failed");
    return scrubError(error.toRecord(), secrets);
  }
  if (error instanceof DrizzleQueryError || error instanceof pg.DatabaseError) throw error;
  log.error({ err: error, subjectId }, "a step failed in a way nobody foresaw");
  return new AppError("unexpected", { cause: error }).toRecord();
}

/** Logs: offsets count the lines of one log from 0, and a line keeps its offset when older ones are removed. */
import { z } from "zod";
import type { StoredLogLine } from "@/domain/log-line";
import { idSchema } from "./common";

const logOf = {
  deploymentId: idSchema("deployment"),
  kind: z.enum(["build", "runtime"]),
};
const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Without an offset: the last `limit` lines. */
export const readLogInput = z.object({
  ...logOf,
  offset: offset.nullish(),
  limit: z.number().int().min(1).max(5000).default(1000),
});

/** `lastEventId` is what a reconnecting EventSource sends: the offset after the last line it has. */
export const followLogInput = z.object({
  ...logOf,
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/, "This is not an offset.")
    .nullish(),
});

/**
 * Lines that hold a text, as it is, regardless of case and colours. A call looks through a part of the log: `offset` is
 * where to begin, and the answer says where to go on. `since` and `until` bound the time at which lines were printed.
 */
export const searchLogInput = z
  .object({
    ...logOf,
    query: z.string().min(1, "Enter what to search for.").max(200, "Search for at most 200 characters."),
    offset: offset.nullish(),
    /** Only what this replica printed, counted from 0. */
    replica: z.number().int().min(0).nullish(),
    since: z.coerce.date().nullish(),
    until: z.coerce.date().nullish(),
  })
  .refine(({ since, until }) => !since || !until || since <= until, {
    path: ["until"],
    message: "The end must not be before the beginning.",
  });

/** The first line that was printed at a time or later. */
export const locateLogInput = z.object({ ...logOf, at: z.coerce.date() });

export const exportLogInput = z.object(logOf);

export type ReadLogInput = z.infer<typeof readLogInput>;
export type FollowLogInput = z.infer<typeof followLogInput>;
export type SearchLogInput = z.infer<typeof searchLogInput>;
export type LocateLogInput = z.infer<typeof locateLogInput>;
export type ExportLogInput = z.infer<typeof exportLogInput>;

export type LogPage = {
  firstOffset: number;
  nextOffset: number;
  lines: StoredLogLine[];
  /** Of the oldest line that is kept; what came before it is past its retention. */
  oldestOffset: number;
  /** The log will get no more lines. */
  complete: boolean;
};

/** What log.follow sends: consecutive lines; the last batch of a log that ended says so. */
export type LogBatch = { firstOffset: number; lines: StoredLogLine[]; complete: boolean };

export type LogMatches = {
  /** Of the lines that hold the text, rising. */
  offsets: number[];
  /** Where the next call goes on. */
  nextOffset: number;
  /** There is more to look through already. */
  more: boolean;
};

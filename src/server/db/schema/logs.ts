import { bigint, index, integer, json, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { StoredLogLine } from "@/domain/log-line";

/**
 * One store for build logs (source = deployment id) and runtime logs (source = release id). A chunk is a batch of
 * consecutive lines; offsets count lines of the source from 0, so a reader that reconnects misses and repeats nothing.
 */
export const logChunks = pgTable(
  "log_chunks",
  {
    sourceId: text("source_id").notNull(),
    kind: text("kind", { enum: ["build", "runtime"] }).notNull(),
    serviceId: text("service_id").notNull(),
    firstOffset: bigint("first_offset", { mode: "number" }).notNull(),
    lineCount: integer("line_count").notNull(),
    /** Of the lines as text; retention counts with it. */
    bytes: integer("bytes").notNull(),
    // As text, not jsonb: it is only ever read as a whole, and taking it apart and putting it together took half the time.
    lines: json("lines").$type<StoredLogLine[]>().notNull(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.kind, table.firstOffset] }),
    index("log_chunks_at_idx").on(table.at),
    index("log_chunks_service_id_at_idx").on(table.serviceId, table.at),
  ],
);

/** Where the writer of a source stands. */
export const logSources = pgTable(
  "log_sources",
  {
    sourceId: text("source_id").notNull(),
    kind: text("kind", { enum: ["build", "runtime"] }).notNull(),
    serviceId: text("service_id").notNull(),
    nextOffset: bigint("next_offset", { mode: "number" }).notNull().default(0),
    /** Of its chunks together. */
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    /** The Engine's cursor per container (runtime logs), so that a new worker goes on where the last one stopped. */
    cursors: jsonb("cursors").$type<Record<string, string>>().notNull().default({}),
    writtenAt: timestamp("written_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.kind] }),
    index("log_sources_service_id_idx").on(table.serviceId),
  ],
);

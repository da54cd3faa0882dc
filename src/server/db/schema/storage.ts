import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { ErrorRecord } from "@/domain/errors";
import { type CleanupPolicy, type CleanupReason, cleanupKinds } from "@/domain/retention";
import { type StrayReason, strayKinds } from "@/domain/strays";
import { users } from "./people";

const at = (name: string) => timestamp(name, { withTimezone: true });
const bytes = (name: string) => bigint(name, { mode: "number" });

/** A run of the cleanup, or a preview of one: both make the same plan, and a run then does it. */
export const cleanups = pgTable(
  "cleanups",
  {
    id: text("id").primaryKey(),
    mode: text("mode", { enum: ["preview", "clean"] }).notNull(),
    /** "disk": one of the disks was nearly full. */
    trigger: text("trigger", { enum: ["schedule", "disk", "person"] }).notNull(),
    requestedByUserId: text("requested_by_user_id").references(() => users.id, { onDelete: "set null" }),
    /** Null until the plan is made. */
    policy: jsonb("policy").$type<CleanupPolicy>(),
    status: text("status", { enum: ["queued", "running", "done"] })
      .notNull()
      .default("queued"),
    /** Why it is incomplete, where it is. */
    error: jsonb("error").$type<ErrorRecord>(),
    /** What its items freed on disk; lines of logs make room within the database. */
    freedBytes: bytes("freed_bytes").notNull().default(0),
    createdAt: at("created_at").notNull(),
    finishedAt: at("finished_at"),
  },
  (table) => [
    index("cleanups_created_at_idx").on(table.createdAt, table.id),
    index("cleanups_requested_by_user_id_idx").on(table.requestedByUserId),
    // One at a time; asking again for what is under way is asking for that.
    uniqueIndex("cleanups_unfinished_key").on(table.mode).where(sql`${table.status} <> 'done'`),
  ],
);

/** What a plan says of each thing, and what became of it. */
export const cleanupItems = pgTable(
  "cleanup_items",
  {
    cleanupId: text("cleanup_id")
      .notNull()
      .references(() => cleanups.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    kind: text("kind", { enum: cleanupKinds }).notNull(),
    name: text("name").notNull(),
    label: text("label"),
    /** Of a service that may be gone by now. */
    serviceId: text("service_id"),
    serviceName: text("service_name"),
    deploymentNumber: integer("deployment_number"),
    sizeBytes: bytes("size_bytes").notNull(),
    /** In a plan what removing it would free; of what was removed, what that did free. */
    freesBytes: bytes("frees_bytes").notNull(),
    verdict: text("verdict", { enum: ["keep", "remove"] }).notNull(),
    reason: text("reason").$type<CleanupReason>().notNull(),
    /** Null in a preview, and while its turn has not come. "spared": when its turn came it was needed. */
    outcome: text("outcome", { enum: ["removed", "spared", "failed"] }),
    error: jsonb("error").$type<ErrorRecord>(),
  },
  (table) => [primaryKey({ columns: [table.cleanupId, table.position] })],
);

/** Things of this instance on the Engine that no row knows: named, and removed when somebody says so. */
export const strays = pgTable(
  "strays",
  {
    id: text("id").primaryKey(),
    kind: text("kind", { enum: strayKinds }).notNull(),
    name: text("name").notNull(),
    /** What its labels say it was for. */
    labels: jsonb("labels").$type<Record<string, string>>().notNull(),
    reason: text("reason").$type<StrayReason>().notNull(),
    sizeBytes: bytes("size_bytes"),
    firstSeenAt: at("first_seen_at").notNull(),
    removalRequestedAt: at("removal_requested_at"),
    /** Why it could not be removed, the last time somebody asked. */
    error: jsonb("error").$type<ErrorRecord>(),
  },
  (table) => [
    uniqueIndex("strays_kind_name_key").on(table.kind, table.name),
    index("strays_first_seen_at_idx").on(table.firstSeenAt, table.id),
  ],
);

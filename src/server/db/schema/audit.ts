import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { organizations } from "./people";

/** Who did what; written in the transaction of the change. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").references(() => organizations.id, { onDelete: "cascade" }),
    actorType: text("actor_type", { enum: ["user", "token", "webhook", "system"] }).notNull(),
    actorId: text("actor_id"),
    action: text("action").notNull(),
    resourceType: text("resource_type").notNull(),
    resourceId: text("resource_id").notNull(),
    /** What changed, secrets redacted. */
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    address: text("address"),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("audit_log_organization_id_at_idx").on(table.organizationId, table.at, table.id),
    index("audit_log_actor_id_at_idx").on(table.organizationId, table.actorId, table.at, table.id),
    index("audit_log_area_at_idx").on(
      table.organizationId,
      sql`split_part(${table.action}, '.', 1)`,
      table.at,
      table.id,
    ),
  ],
);

/** Facts about this installation, such as "the first run is done". */
export const instanceFacts = pgTable("instance_facts", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
});

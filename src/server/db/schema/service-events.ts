import { index, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { ServiceEventDetails, ServiceEventKind } from "@/domain/service-event";
import { services } from "./projects";

/** The history of a service beside its deployments. */
export const serviceEvents = pgTable(
  "service_events",
  {
    id: text("id").primaryKey(),
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    at: timestamp("at", { withTimezone: true }).notNull(),
    kind: text("kind").$type<ServiceEventKind>().notNull(),
    details: jsonb("details").$type<ServiceEventDetails[ServiceEventKind]>().notNull(),
    /** What makes it the same event when it is seen twice, such as by the worker after one that was killed. */
    key: text("key").notNull(),
  },
  (table) => [
    index("service_events_service_id_at_idx").on(table.serviceId, table.at, table.id),
    uniqueIndex("service_events_service_id_key_key").on(table.serviceId, table.key),
    index("service_events_at_idx").on(table.at),
  ],
);

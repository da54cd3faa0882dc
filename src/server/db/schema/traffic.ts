import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { GuardSettings } from "@/domain/guard/guard-settings";
import type { GuardVerdict } from "@/domain/guard/judge-switch";
import type { Gap } from "@/domain/traffic/coverage";
import type { Latency } from "@/domain/traffic/latency";
import type { TrafficReceipt } from "@/domain/traffic/receipt";
import { deployments } from "./deployments";
import { services } from "./projects";

const at = (name: string) => timestamp(name, { withTimezone: true });

/** A deployment's switch of traffic to its release: what is counted around it, and what the guard makes of it. */
export const trafficSwitches = pgTable(
  "traffic_switches",
  {
    deploymentId: text("deployment_id")
      .primaryKey()
      .references(() => deployments.id, { onDelete: "cascade" }),
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    releaseId: text("release_id").notNull(),
    /** The deployment that was live before, and its release; null: there was none. */
    replacedDeploymentId: text("replaced_deployment_id"),
    replacedReleaseId: text("replaced_release_id"),
    switchedAt: at("switched_at").notNull(),
    countFrom: at("count_from").notNull(),
    /** Earlier than planned where the next switch came first. */
    countUntil: at("count_until").notNull(),

    countedUntil: at("counted_until"),
    countedBy: text("counted_by"),
    gaps: jsonb("gaps").$type<Gap[]>().notNull().default([]),

    guard: jsonb("guard").$type<GuardSettings>().notNull(),
    /** Null: not watched, because the guard is off or there is nothing to go back to. */
    guardUntil: at("guard_until"),
    /** Restarts of the replica with the most of them, at the switch; a release that was kept warm may have had some. */
    restartsBefore: integer("restarts_before").notNull().default(0),
    /** What became of the watch; null while it goes on, or where there is none. */
    verdict: jsonb("verdict").$type<GuardVerdict>(),

    /** When all of this was over; the receipt then no longer needs the samples. */
    settledAt: at("settled_at"),
    /** Null before that, and where the router cannot tell. */
    traffic: jsonb("traffic").$type<TrafficReceipt>(),
  },
  (table) => [
    index("traffic_switches_service_id_switched_at_idx").on(table.serviceId, table.switchedAt),
    index("traffic_switches_unsettled_idx").on(table.serviceId).where(sql`${table.settledAt} is null`),
  ],
);

/** Copies of the router's buckets, as long as a switch needs them. */
export const trafficSamples = pgTable(
  "traffic_samples",
  {
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    backend: text("backend").notNull(),
    startsAt: at("starts_at").notNull(),
    /** The run of the router that counted: two runs may each have a part of a bucket. */
    countedBy: text("counted_by").notNull(),
    requests: integer("requests").notNull(),
    failed: integer("failed").notNull(),
    unanswered: integer("unanswered"),
    abandoned: integer("abandoned").notNull(),
    latency: jsonb("latency").$type<Latency>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.serviceId, table.backend, table.startsAt, table.countedBy] }),
    index("traffic_samples_starts_at_idx").on(table.startsAt),
  ],
);

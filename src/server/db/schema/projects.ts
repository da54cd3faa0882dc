import { foreignKey, index, integer, jsonb, pgEnum, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { ErrorRecord } from "@/domain/errors";
import { defaultGuard, type GuardSettings } from "@/domain/guard/guard-settings";
import type { BuildSettings, InspectionResult, ServiceSource } from "@/domain/plan/types";
import { organizations } from "./people";
import { runtimeColumn } from "./settings-columns";

const createdAt = timestamp("created_at", { withTimezone: true }).notNull().defaultNow();

export const projects = pgTable(
  "projects",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organizations.id),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    createdAt,
    /** Set when somebody asked for its deletion: the row goes when all that it ran is gone. */
    deletingAt: timestamp("deleting_at", { withTimezone: true }),
    /** When one of its deployments was given a build slot last: projects take turns. */
    buildTurnAt: timestamp("build_turn_at", { withTimezone: true }),
  },
  (table) => [
    uniqueIndex("projects_organization_id_slug_key").on(table.organizationId, table.slug),
    index("projects_organization_id_created_at_idx").on(table.organizationId, table.createdAt, table.id),
    // What the services' foreign key points at.
    uniqueIndex("projects_id_organization_id_key").on(table.id, table.organizationId),
  ],
);

export const environments = pgTable(
  "environments",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    /** Which block of NETWORK_POOL its network has; the lowest free one is taken. */
    subnetIndex: integer("subnet_index").notNull(),
    createdAt,
  },
  (table) => [
    uniqueIndex("environments_project_id_slug_key").on(table.projectId, table.slug),
    uniqueIndex("environments_subnet_index_key").on(table.subnetIndex),
  ],
);

/** What a person wants of a service; the worker makes it so. */
export const desiredStateEnum = pgEnum("desired_state", ["running", "stopped", "deleted"]);

export const services = pgTable(
  "services",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id").notNull(),
    /** The project's; here too, so that a page of an organization's services is read along one index. */
    organizationId: text("organization_id").notNull(),
    environmentId: text("environment_id")
      .notNull()
      .references(() => environments.id),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    /** The platform's own host name for it; unique over the instance. */
    platformHost: text("platform_host").notNull(),
    source: jsonb("source").$type<ServiceSource>().notNull(),
    /** Access token for the repository, encrypted; never part of the URL. */
    gitTokenEncrypted: text("git_token_encrypted"),
    build: jsonb("build").$type<BuildSettings>().notNull(),
    runtime: runtimeColumn("runtime").notNull(),
    /** Read at each switch of traffic: a change needs no deployment. */
    guard: jsonb("guard").$type<GuardSettings>().notNull().default(defaultGuard),
    desiredState: desiredStateEnum("desired_state").notNull().default("running"),
    /** The deployment that the router sends requests to: the pointer that a cutover moves. */
    liveDeploymentId: text("live_deployment_id"),
    /** Counts deployments of this service, so that people can say "#12". */
    lastDeploymentNumber: integer("last_deployment_number").notNull().default(0),
    createdAt,
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "services_project_id_organization_id_projects_fk",
      columns: [table.projectId, table.organizationId],
      foreignColumns: [projects.id, projects.organizationId],
    }),
    uniqueIndex("services_environment_id_slug_key").on(table.environmentId, table.slug),
    uniqueIndex("services_platform_host_key").on(table.platformHost),
    index("services_project_id_created_at_idx").on(table.projectId, table.createdAt, table.id),
    index("services_organization_id_created_at_idx").on(table.organizationId, table.createdAt, table.id),
    index("services_live_deployment_id_idx").on(table.liveDeploymentId),
  ],
);

export const variables = pgTable(
  "variables",
  {
    id: text("id").primaryKey(),
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** "secret": never shown again, not given to builds, scrubbed from logs. */
    kind: text("kind", { enum: ["plain", "secret"] }).notNull(),
    valueEncrypted: text("value_encrypted").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("variables_service_id_key_key").on(table.serviceId, table.key)],
);

/** A look at a repository before a service is made of it; the worker fills the result in. */
export const inspections = pgTable(
  "inspections",
  {
    id: text("id").primaryKey(),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    source: jsonb("source").$type<ServiceSource>().notNull(),
    gitTokenEncrypted: text("git_token_encrypted"),
    build: jsonb("build").$type<BuildSettings>().notNull(),
    status: text("status", { enum: ["running", "done", "failed"] })
      .notNull()
      .default("running"),
    result: jsonb("result").$type<InspectionResult>(),
    error: jsonb("error").$type<ErrorRecord>(),
    createdAt,
  },
  (table) => [
    index("inspections_project_id_idx").on(table.projectId),
    index("inspections_created_at_idx").on(table.createdAt),
  ],
);

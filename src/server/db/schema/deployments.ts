import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { WaitMark } from "@/domain/deployment/queue-waits";
import { deploymentPhases, deploymentStatuses, unfinishedStatuses } from "@/domain/deployment/status";
import type { ErrorRecord } from "@/domain/errors";
import type { BuildPlan, SourceChanges } from "@/domain/plan/types";
import { users } from "./people";
import { projects, services } from "./projects";
import { snapshotColumn } from "./settings-columns";

export const deploymentStatusEnum = pgEnum("deployment_status", deploymentStatuses);
export const deploymentPhaseEnum = pgEnum("deployment_phase", deploymentPhases);
export const deploymentTriggerEnum = pgEnum("deployment_trigger", [
  "manual",
  "settings",
  "rollback",
  "first-run",
  "push",
  "api",
  "guard",
]);

const at = (name: string) => timestamp(name, { withTimezone: true });
const unfinished = sql.raw(unfinishedStatuses.map((status) => `'${status}'`).join(", "));

/** One attempt to bring a version of a service to traffic. Its inputs are frozen in it. */
export const deployments = pgTable(
  "deployments",
  {
    id: text("id").primaryKey(),
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    projectId: text("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    status: deploymentStatusEnum("status").notNull().default("queued"),
    trigger: deploymentTriggerEnum("trigger").notNull(),
    createdByUserId: text("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
    /** Why the platform itself made it, in a sentence. */
    reason: text("reason"),

    snapshot: snapshotColumn("snapshot").notNull(),
    /** EnvironmentVariable[] as encrypted JSON. */
    environmentEncrypted: text("environment_encrypted").notNull(),
    gitTokenEncrypted: text("git_token_encrypted"),

    /** Known from the trigger (push, redeploy of a commit) or resolved while fetching; then never changed. */
    commitSha: text("commit_sha"),
    commitMessage: text("commit_message"),
    commitAuthor: text("commit_author"),
    /** Git's tree of the root directory: equal trees are equal content. */
    treeHash: text("tree_hash"),
    plan: jsonb("plan").$type<BuildPlan>(),
    /** Hash of all that goes into the image; equal keys share one image. */
    buildKey: text("build_key"),
    imageReference: text("image_reference"),
    imageId: text("image_id"),
    imageSizeBytes: bigint("image_size_bytes", { mode: "number" }),
    /** "content" when an image of equal content was there and the build was skipped; null when it was built. */
    buildSkipped: text("build_skipped", { enum: ["content", "rollback", "prebuilt"] }),

    /** Steps of the image's build, and those of them that came from BuildKit's cache; null: not built, or not known. */
    buildSteps: integer("build_steps"),
    cachedBuildSteps: integer("cached_build_steps"),

    /** Commits and files that differ from the deployment that was live when this one fetched; the worker writes it. */
    changes: jsonb("changes").$type<SourceChanges>(),

    /** The deployment whose containers answer for this one: itself, or for a rollback the one gone back to. */
    releaseId: text("release_id").notNull(),
    rollbackOfId: text("rollback_of_id"),

    cancelRequestedAt: at("cancel_requested_at"),
    supersededById: text("superseded_by_id"),
    error: jsonb("error").$type<ErrorRecord>(),
    /** Highest fencing number that wrote this row: a holder with a lower one has lost its lease. */
    fence: bigint("fence", { mode: "number" }).notNull().default(0),

    createdAt: at("created_at").notNull().defaultNow(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
    liveAt: at("live_at"),
    retiredAt: at("retired_at"),
    /** Until when the replaced release keeps running; null once its containers are gone. */
    warmUntil: at("warm_until"),
    /** When its requests under way were counted out (or cut). */
    drainedAt: at("drained_at"),
    cutConnections: integer("cut_connections"),
  },
  (table) => [
    uniqueIndex("deployments_service_id_number_key").on(table.serviceId, table.number),
    index("deployments_project_id_created_at_idx").on(table.projectId, table.createdAt),
    index("deployments_service_id_created_at_idx").on(table.serviceId, table.createdAt, table.id),
    index("deployments_unfinished_idx")
      .on(table.serviceId, table.number)
      .where(sql`${table.status} in (${unfinished})`),
    index("deployments_warm_idx").on(table.serviceId).where(sql`${table.warmUntil} is not null`),
    index("deployments_build_key_idx").on(table.serviceId, table.buildKey),
    index("deployments_release_id_idx").on(table.releaseId),
    index("deployments_created_by_user_id_idx").on(table.createdByUserId),
  ],
);

/** The timeline people see. */
export const phases = pgTable(
  "deployment_phases",
  {
    deploymentId: text("deployment_id")
      .notNull()
      .references(() => deployments.id, { onDelete: "cascade" }),
    phase: deploymentPhaseEnum("phase").notNull(),
    startedAt: at("started_at").notNull(),
    finishedAt: at("finished_at"),
    outcome: text("outcome", { enum: ["done", "skipped", "failed", "cancelled"] }),
    /** One line of what it did or why it was skipped. */
    note: text("note"),
    error: jsonb("error").$type<ErrorRecord>(),
    /** Of the queue alone: what it waited for, each from when on. */
    waits: jsonb("waits").$type<WaitMark[]>().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.deploymentId, table.phase] })],
);

/** Who works on what: key is `service:<id>` or the name of a single job such as `log-collector`. */
export const leases = pgTable("leases", {
  key: text("key").primaryKey(),
  holder: text("holder").notNull(),
  /** Fencing number: grows with every change of holder. */
  token: bigint("token", { mode: "number" }).notNull(),
  expiresAt: at("expires_at").notNull(),
});

/** What the worker last saw of each container: the web process has no other way to know. */
export const instances = pgTable(
  "instances",
  {
    name: text("name").primaryKey(),
    serviceId: text("service_id")
      .notNull()
      .references(() => services.id, { onDelete: "cascade" }),
    releaseId: text("release_id").notNull(),
    replica: integer("replica").notNull(),
    /** The Engine's id: another one under the same name was made anew. */
    containerId: text("container_id"),
    status: text("status").notNull(),
    exitCode: integer("exit_code"),
    outOfMemory: boolean("out_of_memory").notNull().default(false),
    restartCount: integer("restart_count").notNull().default(0),
    startedAt: at("started_at"),
    /** host:port where it was reached; a restart may have moved it, and then its route has to follow. */
    address: text("address"),
    cpuMillis: integer("cpu_millis"),
    memoryBytes: bigint("memory_bytes", { mode: "number" }),
    observedAt: at("observed_at").notNull(),
  },
  (table) => [index("instances_service_id_idx").on(table.serviceId)],
);

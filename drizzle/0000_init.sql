CREATE TYPE "public"."deployment_phase" AS ENUM('queued', 'fetching', 'building', 'releasing', 'verifying', 'routing');--> statement-breakpoint
CREATE TYPE "public"."deployment_status" AS ENUM('queued', 'fetching', 'building', 'releasing', 'verifying', 'routing', 'live', 'failed', 'cancelled', 'superseded', 'retired');--> statement-breakpoint
CREATE TYPE "public"."deployment_trigger" AS ENUM('manual', 'settings', 'rollback', 'first-run', 'push', 'api');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('viewer', 'developer', 'admin', 'owner');--> statement-breakpoint
CREATE TYPE "public"."desired_state" AS ENUM('running', 'stopped', 'deleted');--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"resource_type" text NOT NULL,
	"resource_id" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"address" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "instance_facts" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"project_id" text NOT NULL,
	"number" integer NOT NULL,
	"status" "deployment_status" DEFAULT 'queued' NOT NULL,
	"trigger" "deployment_trigger" NOT NULL,
	"created_by_user_id" text,
	"snapshot" jsonb NOT NULL,
	"environment_encrypted" text NOT NULL,
	"git_token_encrypted" text,
	"commit_sha" text,
	"commit_message" text,
	"commit_author" text,
	"tree_hash" text,
	"plan" jsonb,
	"build_key" text,
	"image_reference" text,
	"image_id" text,
	"image_size_bytes" bigint,
	"build_skipped" text,
	"changes" jsonb,
	"release_id" text NOT NULL,
	"rollback_of_id" text,
	"cancel_requested_at" timestamp with time zone,
	"superseded_by_id" text,
	"error" jsonb,
	"fence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"live_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	"warm_until" timestamp with time zone,
	"drained_at" timestamp with time zone,
	"cut_connections" integer
);
--> statement-breakpoint
CREATE TABLE "instances" (
	"name" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"release_id" text NOT NULL,
	"replica" integer NOT NULL,
	"status" text NOT NULL,
	"exit_code" integer,
	"out_of_memory" boolean DEFAULT false NOT NULL,
	"restart_count" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"cpu_millis" integer,
	"memory_bytes" bigint,
	"observed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"key" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"token" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployment_phases" (
	"deployment_id" text NOT NULL,
	"phase" "deployment_phase" NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"note" text,
	"error" jsonb,
	CONSTRAINT "deployment_phases_deployment_id_phase_pk" PRIMARY KEY("deployment_id","phase")
);
--> statement-breakpoint
CREATE TABLE "log_chunks" (
	"source_id" text NOT NULL,
	"kind" text NOT NULL,
	"first_offset" bigint NOT NULL,
	"line_count" integer NOT NULL,
	"lines" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_chunks_source_id_kind_first_offset_pk" PRIMARY KEY("source_id","kind","first_offset")
);
--> statement-breakpoint
CREATE TABLE "log_sources" (
	"source_id" text NOT NULL,
	"kind" text NOT NULL,
	"service_id" text NOT NULL,
	"next_offset" bigint DEFAULT 0 NOT NULL,
	"cursors" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "log_sources_source_id_kind_pk" PRIMARY KEY("source_id","kind")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"subnet_index" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"source" jsonb NOT NULL,
	"git_token_encrypted" text,
	"build" jsonb NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"result" jsonb,
	"error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleting_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"environment_id" text NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"platform_host" text NOT NULL,
	"source" jsonb NOT NULL,
	"git_token_encrypted" text,
	"build" jsonb NOT NULL,
	"runtime" jsonb NOT NULL,
	"desired_state" "desired_state" DEFAULT 'running' NOT NULL,
	"live_deployment_id" text,
	"last_deployment_number" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "variables" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"value_encrypted" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instances" ADD CONSTRAINT "instances_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment_phases" ADD CONSTRAINT "deployment_phases_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environments" ADD CONSTRAINT "environments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variables" ADD CONSTRAINT "variables_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_organization_id_at_idx" ON "audit_log" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deployments_service_id_number_key" ON "deployments" USING btree ("service_id","number");--> statement-breakpoint
CREATE INDEX "deployments_project_id_created_at_idx" ON "deployments" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "deployments_unfinished_idx" ON "deployments" USING btree ("service_id","number") WHERE "deployments"."status" in ('queued', 'fetching', 'building', 'releasing', 'verifying', 'routing');--> statement-breakpoint
CREATE INDEX "deployments_warm_idx" ON "deployments" USING btree ("service_id") WHERE "deployments"."warm_until" is not null;--> statement-breakpoint
CREATE INDEX "deployments_build_key_idx" ON "deployments" USING btree ("service_id","build_key");--> statement-breakpoint
CREATE INDEX "deployments_release_id_idx" ON "deployments" USING btree ("release_id");--> statement-breakpoint
CREATE INDEX "deployments_created_by_user_id_idx" ON "deployments" USING btree ("created_by_user_id");--> statement-breakpoint
CREATE INDEX "instances_service_id_idx" ON "instances" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "log_chunks_at_idx" ON "log_chunks" USING btree ("at");--> statement-breakpoint
CREATE INDEX "log_sources_service_id_idx" ON "log_sources" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "memberships_user_id_idx" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "sessions_user_id_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "environments_project_id_slug_key" ON "environments" USING btree ("project_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "environments_subnet_index_key" ON "environments" USING btree ("subnet_index");--> statement-breakpoint
CREATE INDEX "inspections_project_id_idx" ON "inspections" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "inspections_created_at_idx" ON "inspections" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_organization_id_slug_key" ON "projects" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "projects_organization_id_created_at_idx" ON "projects" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "services_environment_id_slug_key" ON "services" USING btree ("environment_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "services_platform_host_key" ON "services" USING btree ("platform_host");--> statement-breakpoint
CREATE INDEX "services_project_id_created_at_idx" ON "services" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "services_created_at_idx" ON "services" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "services_live_deployment_id_idx" ON "services" USING btree ("live_deployment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "variables_service_id_key_key" ON "variables" USING btree ("service_id","key");
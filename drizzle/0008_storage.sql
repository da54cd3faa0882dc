CREATE TABLE "cleanup_items" (
	"cleanup_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"label" text,
	"service_id" text,
	"service_name" text,
	"deployment_number" integer,
	"size_bytes" bigint NOT NULL,
	"frees_bytes" bigint NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"outcome" text,
	"error" jsonb,
	CONSTRAINT "cleanup_items_cleanup_id_position_pk" PRIMARY KEY("cleanup_id","position")
);
--> statement-breakpoint
CREATE TABLE "cleanups" (
	"id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"trigger" text NOT NULL,
	"requested_by_user_id" text,
	"policy" jsonb,
	"status" text DEFAULT 'queued' NOT NULL,
	"error" jsonb,
	"freed_bytes" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "strays" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"labels" jsonb NOT NULL,
	"reason" text NOT NULL,
	"size_bytes" bigint,
	"first_seen_at" timestamp with time zone NOT NULL,
	"removal_requested_at" timestamp with time zone,
	"error" jsonb
);
--> statement-breakpoint
ALTER TABLE "cleanup_items" ADD CONSTRAINT "cleanup_items_cleanup_id_cleanups_id_fk" FOREIGN KEY ("cleanup_id") REFERENCES "public"."cleanups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cleanups" ADD CONSTRAINT "cleanups_requested_by_user_id_users_id_fk" FOREIGN KEY ("requested_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cleanups_created_at_idx" ON "cleanups" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "cleanups_requested_by_user_id_idx" ON "cleanups" USING btree ("requested_by_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cleanups_unfinished_key" ON "cleanups" USING btree ("mode") WHERE "cleanups"."status" <> 'done';--> statement-breakpoint
CREATE UNIQUE INDEX "strays_kind_name_key" ON "strays" USING btree ("kind","name");--> statement-breakpoint
CREATE INDEX "strays_first_seen_at_idx" ON "strays" USING btree ("first_seen_at","id");
ALTER TYPE "public"."deployment_trigger" ADD VALUE 'guard';--> statement-breakpoint
CREATE TABLE "traffic_samples" (
	"service_id" text NOT NULL,
	"backend" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"counted_by" text NOT NULL,
	"requests" integer NOT NULL,
	"failed" integer NOT NULL,
	"unanswered" integer,
	"abandoned" integer NOT NULL,
	"latency" jsonb NOT NULL,
	CONSTRAINT "traffic_samples_service_id_backend_starts_at_counted_by_pk" PRIMARY KEY("service_id","backend","starts_at","counted_by")
);
--> statement-breakpoint
CREATE TABLE "traffic_switches" (
	"deployment_id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"release_id" text NOT NULL,
	"replaced_deployment_id" text,
	"replaced_release_id" text,
	"switched_at" timestamp with time zone NOT NULL,
	"count_from" timestamp with time zone NOT NULL,
	"count_until" timestamp with time zone NOT NULL,
	"counted_until" timestamp with time zone,
	"counted_by" text,
	"gaps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"guard" jsonb NOT NULL,
	"guard_until" timestamp with time zone,
	"restarts_before" integer DEFAULT 0 NOT NULL,
	"verdict" jsonb,
	"settled_at" timestamp with time zone,
	"traffic" jsonb
);
--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "build_steps" integer;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "cached_build_steps" integer;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "guard" jsonb DEFAULT '{"enabled":true,"windowSeconds":300,"maxErrorRateIncrease":0.1,"maxP95Factor":null,"minRequests":50,"maxRestarts":3}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "traffic_samples" ADD CONSTRAINT "traffic_samples_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic_switches" ADD CONSTRAINT "traffic_switches_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traffic_switches" ADD CONSTRAINT "traffic_switches_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "traffic_samples_starts_at_idx" ON "traffic_samples" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "traffic_switches_service_id_switched_at_idx" ON "traffic_switches" USING btree ("service_id","switched_at");--> statement-breakpoint
CREATE INDEX "traffic_switches_unsettled_idx" ON "traffic_switches" USING btree ("service_id") WHERE "traffic_switches"."settled_at" is null;
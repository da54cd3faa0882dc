ALTER TABLE "deployment_phases" ADD COLUMN "waits" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "build_turn_at" timestamp with time zone;
CREATE TABLE "service_events" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"details" jsonb NOT NULL,
	"key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "service_events" ADD CONSTRAINT "service_events_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_events_service_id_at_idx" ON "service_events" USING btree ("service_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "service_events_service_id_key_key" ON "service_events" USING btree ("service_id","key");--> statement-breakpoint
CREATE INDEX "service_events_at_idx" ON "service_events" USING btree ("at");
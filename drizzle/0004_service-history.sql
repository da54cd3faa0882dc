ALTER TABLE "instances" ADD COLUMN "container_id" text;--> statement-breakpoint
CREATE INDEX "deployments_service_id_created_at_idx" ON "deployments" USING btree ("service_id","created_at","id");
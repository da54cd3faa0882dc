CREATE UNIQUE INDEX "projects_id_organization_id_key" ON "projects" USING btree ("id","organization_id");--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "organization_id" text;--> statement-breakpoint
UPDATE "services" SET "organization_id" = "projects"."organization_id" FROM "projects" WHERE "projects"."id" = "services"."project_id";--> statement-breakpoint
ALTER TABLE "services" ALTER COLUMN "organization_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "services" DROP CONSTRAINT "services_project_id_projects_id_fk";--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_project_id_organization_id_projects_fk" FOREIGN KEY ("project_id","organization_id") REFERENCES "public"."projects"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
DROP INDEX "services_created_at_idx";--> statement-breakpoint
CREATE INDEX "services_organization_id_created_at_idx" ON "services" USING btree ("organization_id","created_at","id");

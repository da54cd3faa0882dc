ALTER TABLE "log_chunks" ALTER COLUMN "lines" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "log_chunks" ADD COLUMN "service_id" text;--> statement-breakpoint
ALTER TABLE "log_chunks" ADD COLUMN "bytes" integer;--> statement-breakpoint
UPDATE "log_chunks" SET "bytes" = octet_length("lines"::text), "service_id" = coalesce((SELECT "service_id" FROM "log_sources" WHERE "log_sources"."source_id" = "log_chunks"."source_id" AND "log_sources"."kind" = "log_chunks"."kind"), '');--> statement-breakpoint
ALTER TABLE "log_chunks" ALTER COLUMN "service_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "log_chunks" ALTER COLUMN "bytes" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "log_sources" ADD COLUMN "bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "log_sources" ADD COLUMN "written_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "log_sources" SET "bytes" = "stored"."bytes" FROM (SELECT "source_id", "kind", sum("bytes") AS "bytes" FROM "log_chunks" GROUP BY 1, 2) AS "stored" WHERE "stored"."source_id" = "log_sources"."source_id" AND "stored"."kind" = "log_sources"."kind";--> statement-breakpoint
-- A cursor now names the newest time read as well; it was less than 100 ms after the moment that the cursor names.
UPDATE "log_sources" SET "cursors" = (SELECT jsonb_object_agg("key", "value" || '@' || (split_part("value", '+', 1)::bigint + 100000000)) FROM jsonb_each_text("cursors")) WHERE "cursors" <> '{}'::jsonb;--> statement-breakpoint
CREATE INDEX "log_chunks_service_id_at_idx" ON "log_chunks" USING btree ("service_id","at");

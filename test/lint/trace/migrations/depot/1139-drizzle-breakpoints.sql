-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TABLE "claims" ADD COLUMN "channel" text DEFAULT 'web';--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_amount_positive" CHECK ("claims"."amount" >= 0);--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "claims_opened_at_index" ON "claims" USING btree ("opened_at");

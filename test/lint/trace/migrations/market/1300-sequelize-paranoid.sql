-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
ALTER TABLE "public"."Review" ADD COLUMN "deletedAt" TIMESTAMP WITH TIME ZONE;
ALTER TABLE "public"."Review" ALTER COLUMN "hidden" SET NOT NULL;ALTER TABLE "public"."Review" ALTER COLUMN "hidden" SET DEFAULT false;

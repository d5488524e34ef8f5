-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
BEGIN;
UPDATE "visits" SET "follow_up_days" = 0 WHERE "visits"."follow_up_days" IS NULL;
ALTER TABLE "visits" ALTER COLUMN "follow_up_days" SET DEFAULT 0;
ALTER TABLE "visits" ALTER COLUMN "follow_up_days" SET NOT NULL;
ALTER TABLE "visits" ALTER COLUMN "follow_up_days" DROP DEFAULT;
COMMIT;

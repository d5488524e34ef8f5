-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
BEGIN;
--
-- Add field follow_up_on to visit
--
ALTER TABLE "visits" ADD COLUMN "follow_up_on" date DEFAULT '2026-01-01' NOT NULL;
ALTER TABLE "visits" ALTER COLUMN "follow_up_on" DROP DEFAULT;
COMMIT;

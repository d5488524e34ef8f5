-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
BEGIN;
--
-- Alter field staff_user on message
--
UPDATE "messages" SET "staff_user_id" = 1 WHERE "staff_user_id" IS NULL; SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE "messages" ALTER COLUMN "staff_user_id" SET NOT NULL;
COMMIT;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE "staff_users" SET "failed_logins" = 0 WHERE "failed_logins" IS NULL;
ALTER TABLE "staff_users" ALTER COLUMN "failed_logins" SET NOT NULL;

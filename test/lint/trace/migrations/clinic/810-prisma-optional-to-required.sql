-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- AlterTable
ALTER TABLE "patients" ALTER COLUMN "born_on" SET NOT NULL;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
UPDATE "skus" SET "ean" = '' WHERE "ean" IS NULL; SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE "skus" ALTER COLUMN "ean" SET NOT NULL;
COMMIT;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
SET lock_timeout TO '4950ms';
SET statement_timeout TO '5s';
ALTER TABLE "skus" ALTER COLUMN "discontinued" SET DEFAULT FALSE;
SET statement_timeout TO '0';
UPDATE "skus" SET "discontinued" = FALSE WHERE "discontinued" IS NULL AND sku = 'SKU-3';

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
--
-- Add field loyalty_level to shipper
--
ALTER TABLE "shippers" ADD COLUMN "loyalty_level" integer DEFAULT 0 NOT NULL;
ALTER TABLE "shippers" ALTER COLUMN "loyalty_level" DROP DEFAULT;
COMMIT;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TABLE "depots" ADD CONSTRAINT "depots_opened_on_null" CHECK (opened_on IS NOT NULL) NOT VALID;
ALTER TABLE "depots" VALIDATE CONSTRAINT "depots_opened_on_null";
ALTER TABLE "depots" ALTER COLUMN "opened_on" SET NOT NULL;
ALTER TABLE "depots" DROP CONSTRAINT "depots_opened_on_null";

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
ALTER TABLE "bins" DROP CONSTRAINT "bins_depot_id_code_key";
ALTER TABLE "bins" ADD CONSTRAINT "bins_code_uniq" UNIQUE ("code");
COMMIT;

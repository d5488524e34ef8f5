-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "depots" DROP COLUMN "capacity_m3";
ALTER TABLE "depots" ADD "capacity_m3" double precision;

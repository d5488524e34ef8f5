-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "vehicles" DROP COLUMN "payload_kg", DROP COLUMN "vin";

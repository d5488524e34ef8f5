-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
ALTER TABLE "scans" ADD COLUMN "vehicle_id" integer NULL CONSTRAINT "scans_vehicle_id_b1_fk" REFERENCES "vehicles"("id") DEFERRABLE INITIALLY DEFERRED; SET CONSTRAINTS "scans_vehicle_id_b1_fk" IMMEDIATE;
CREATE INDEX "scans_vehicle_id_b1" ON "scans" ("vehicle_id");
COMMIT;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "vehicles" RENAME CONSTRAINT "vehicles_depot_id_fkey" TO "FK_8c82d7f526340ab734260ea46be";
ALTER INDEX "vehicles_plate_key" RENAME TO "IDX_vehicle_plate";

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql depot-rows.sql
ALTER TABLE "shipments" ADD CONSTRAINT "fk_rails_target" FOREIGN KEY ("target_depot_id") REFERENCES "depots" ("id");

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "parcels" ADD CONSTRAINT "chk_rails_weight" CHECK (weight_g > 0) NOT VALID;

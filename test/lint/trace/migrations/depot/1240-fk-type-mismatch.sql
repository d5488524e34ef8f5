-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE claims ADD COLUMN vehicle_id text REFERENCES vehicles (id);

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE staff ADD COLUMN nickname text;
ALTER TABLE vehicles ADD COLUMN nickname text;
SELECT count(*) FROM shipments;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE parcels ALTER COLUMN length_mm TYPE bigint;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER DOMAIN zone_code ADD CONSTRAINT zone_shape CHECK (VALUE ~ '^Z[0-9]+$');

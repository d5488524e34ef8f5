-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shipments ALTER COLUMN currency TYPE text;

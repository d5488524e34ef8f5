-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shipments ALTER COLUMN volume_l TYPE numeric(10,3);

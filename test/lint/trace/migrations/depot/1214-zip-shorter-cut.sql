-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shipments ALTER COLUMN zip TYPE varchar(5) USING left(zip, 5);

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP INDEX vehicles_plate_key;
ALTER TABLE vehicles ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN kind TYPE text USING kind::text, ALTER COLUMN kind SET DEFAULT 'van';

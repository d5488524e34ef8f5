-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
ALTER TABLE rates ADD COLUMN currency VARCHAR(3) DEFAULT 'EUR' NOT NULL;
ALTER TABLE rates ALTER COLUMN currency DROP DEFAULT;
COMMIT;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE stock ADD COLUMN reserved_new bigint DEFAULT 0 NOT NULL;
UPDATE stock SET reserved_new = reserved;
ALTER TABLE stock RENAME COLUMN reserved TO reserved_old;
ALTER TABLE stock RENAME COLUMN reserved_new TO reserved;

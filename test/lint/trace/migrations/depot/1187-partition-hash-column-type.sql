-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE stock_moves ALTER COLUMN quantity TYPE bigint;

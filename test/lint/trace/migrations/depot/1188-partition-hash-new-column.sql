-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE stock_moves ADD COLUMN actor text DEFAULT 'system';

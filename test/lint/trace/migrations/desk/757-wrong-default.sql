-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ALTER COLUMN seats SET DEFAULT 'many';

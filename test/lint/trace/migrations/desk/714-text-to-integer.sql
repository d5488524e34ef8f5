-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE audit.entries ALTER COLUMN row_id TYPE bigint USING row_id::bigint;

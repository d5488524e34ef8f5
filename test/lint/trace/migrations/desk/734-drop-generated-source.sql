-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets DROP COLUMN IF EXISTS modified_at;

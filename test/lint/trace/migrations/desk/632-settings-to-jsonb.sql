-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ALTER COLUMN settings TYPE jsonb USING settings::jsonb;

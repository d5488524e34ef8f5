-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ALTER COLUMN custom_fields SET DEFAULT '{"v": 2}', ALTER COLUMN state DROP DEFAULT;

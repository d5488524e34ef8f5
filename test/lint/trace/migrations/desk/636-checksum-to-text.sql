-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE attachments ALTER COLUMN checksum TYPE text;

-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE agents ALTER COLUMN email DROP NOT NULL;
ALTER TABLE attachments ALTER COLUMN size_bytes DROP NOT NULL, ALTER COLUMN size_bytes SET DEFAULT 0;

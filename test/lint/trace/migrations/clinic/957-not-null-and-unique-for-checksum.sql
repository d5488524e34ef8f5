-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM documents WHERE checksum IS NULL;
ALTER TABLE documents ALTER COLUMN checksum SET NOT NULL;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE documents ALTER COLUMN size_bytes TYPE bigint;

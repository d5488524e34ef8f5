-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE documents ADD CONSTRAINT documents_size_check CHECK (size_bytes >= 0) NOT VALID;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE documents SET filename = trim(filename);
ALTER TABLE documents ADD CONSTRAINT documents_filename_check CHECK (filename <> '');

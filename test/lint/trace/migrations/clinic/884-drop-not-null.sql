-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ALTER COLUMN practitioner_id DROP NOT NULL;

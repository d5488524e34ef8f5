-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE documents ALTER COLUMN tags TYPE text[] USING string_to_array(tags, ',');

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE patients ADD COLUMN display_name text;
UPDATE patients SET display_name = full_name(first_name, last_name);

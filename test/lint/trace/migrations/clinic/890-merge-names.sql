-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE practitioners ADD COLUMN full_name text;
UPDATE practitioners SET full_name = concat_ws(' ', title, first_name, last_name);
DROP VIEW active_practitioners;
ALTER TABLE practitioners ALTER COLUMN full_name SET NOT NULL, DROP COLUMN title, DROP COLUMN first_name, DROP COLUMN last_name;
CREATE VIEW active_practitioners AS SELECT id, clinic_id, full_name AS name, specialty FROM practitioners WHERE active;

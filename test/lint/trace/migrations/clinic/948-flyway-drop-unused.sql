-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP VIEW IF EXISTS active_practitioners;
DROP INDEX IF EXISTS practitioners_clinic_id_idx;
ALTER TABLE practitioners DROP COLUMN IF EXISTS hourly_rate;

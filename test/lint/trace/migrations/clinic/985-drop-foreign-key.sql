-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments DROP CONSTRAINT appointments_clinic_id_fkey;

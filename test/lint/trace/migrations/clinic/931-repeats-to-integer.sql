-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE prescriptions ALTER COLUMN repeats TYPE integer;

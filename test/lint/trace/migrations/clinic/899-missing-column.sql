-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE clinics ALTER COLUMN postal_code SET NOT NULL;

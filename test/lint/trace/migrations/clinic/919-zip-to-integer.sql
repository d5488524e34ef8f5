-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE clinics ALTER COLUMN zip TYPE integer USING zip::integer;

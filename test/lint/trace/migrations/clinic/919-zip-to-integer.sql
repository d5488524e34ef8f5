-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +breaks-old-code because the application of before writes codes with a letter, too
ALTER TABLE clinics ALTER COLUMN zip TYPE integer USING zip::integer;

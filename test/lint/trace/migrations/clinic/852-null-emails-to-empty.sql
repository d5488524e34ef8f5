-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE patients SET email = '' WHERE email IS NULL;
ALTER TABLE patients ALTER COLUMN email SET NOT NULL;

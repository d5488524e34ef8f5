-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE patients SET consent = false WHERE consent IS NULL;
ALTER TABLE patients ALTER COLUMN consent SET DEFAULT false, ALTER COLUMN consent SET NOT NULL;

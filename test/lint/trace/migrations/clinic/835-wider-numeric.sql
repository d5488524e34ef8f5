-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ALTER COLUMN price TYPE numeric(12,2);

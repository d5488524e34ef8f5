-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE patients ALTER COLUMN phone TYPE varchar(50);

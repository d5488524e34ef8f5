-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE documents ALTER COLUMN filename TYPE varchar(255);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE practitioners ALTER COLUMN title TYPE varchar(40);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ADD COLUMN sort_key double precision DEFAULT random();

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE lab_results ALTER COLUMN test_code TYPE varchar(8);

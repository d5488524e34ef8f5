-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE patients ALTER COLUMN record_no TYPE integer USING substr(record_no, 2)::integer;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE lab_results ALTER COLUMN value TYPE numeric USING value::numeric;

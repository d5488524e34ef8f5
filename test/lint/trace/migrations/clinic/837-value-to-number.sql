-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +breaks-old-code because the application of before writes words, too, where a test gives no number
ALTER TABLE lab_results ALTER COLUMN value TYPE numeric USING value::numeric;

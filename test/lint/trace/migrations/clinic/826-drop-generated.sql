-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE bills ALTER COLUMN gross DROP EXPRESSION;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP FUNCTION full_name(text, text) CASCADE;

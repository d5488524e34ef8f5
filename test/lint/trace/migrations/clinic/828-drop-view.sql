-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP VIEW active_practitioners;

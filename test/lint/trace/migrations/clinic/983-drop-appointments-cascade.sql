-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP TABLE appointments CASCADE;

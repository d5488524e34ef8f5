-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER SEQUENCE bill_number_seq RESTART WITH 1;

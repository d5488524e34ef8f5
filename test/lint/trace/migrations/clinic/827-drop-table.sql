-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP TABLE waiting_list;

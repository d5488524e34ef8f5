-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP TABLE lab_results_2024;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
TRUNCATE lab_results_2024;

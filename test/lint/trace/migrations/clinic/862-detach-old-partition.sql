-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE lab_results DETACH PARTITION lab_results_2024;

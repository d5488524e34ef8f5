-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
-- since: 14
ALTER TABLE lab_results DETACH PARTITION lab_results_2024 CONCURRENTLY;

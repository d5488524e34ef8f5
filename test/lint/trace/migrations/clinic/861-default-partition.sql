-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE lab_results_default PARTITION OF lab_results DEFAULT;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE lab_results ADD CONSTRAINT lab_results_once UNIQUE (patient_id, test_code, taken_on);

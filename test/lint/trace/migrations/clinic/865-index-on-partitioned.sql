-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE INDEX lab_results_test_code_idx ON lab_results (test_code, taken_on);

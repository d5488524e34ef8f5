-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE INDEX lab_results_test_code_idx ON ONLY lab_results (test_code);
CREATE INDEX CONCURRENTLY lab_results_2024_test_code_idx ON lab_results_2024 (test_code);
ALTER INDEX lab_results_test_code_idx ATTACH PARTITION lab_results_2024_test_code_idx;
CREATE INDEX CONCURRENTLY lab_results_2025_test_code_idx ON lab_results_2025 (test_code);
ALTER INDEX lab_results_test_code_idx ATTACH PARTITION lab_results_2025_test_code_idx;
CREATE INDEX CONCURRENTLY lab_results_2026_test_code_idx ON lab_results_2026 (test_code);
ALTER INDEX lab_results_test_code_idx ATTACH PARTITION lab_results_2026_test_code_idx;

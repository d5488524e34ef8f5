-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
DROP INDEX CONCURRENTLY IF EXISTS patients_insurance_no_idx;

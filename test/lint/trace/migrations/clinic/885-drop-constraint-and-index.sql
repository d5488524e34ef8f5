-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE practitioners DROP CONSTRAINT practitioners_employed_check;
DROP INDEX patients_insurance_no_idx;

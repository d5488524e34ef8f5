-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE UNIQUE INDEX patients_insurance_no_key ON patients (insurance_no) WHERE deleted_at IS NULL;

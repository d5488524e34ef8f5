-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP POLICY patients_of_clinic ON patients;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE UNIQUE INDEX patients_clinic_id_id_key ON patients (clinic_id, id);

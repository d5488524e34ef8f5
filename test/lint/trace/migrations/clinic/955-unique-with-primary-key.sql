-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE documents ADD CONSTRAINT documents_id_patient_id_key UNIQUE (id, patient_id);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE INDEX CONCURRENTLY documents_patient_id_idx ON documents (patient_id);

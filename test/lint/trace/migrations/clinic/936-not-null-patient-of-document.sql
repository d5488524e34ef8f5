-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE documents SET patient_id = (SELECT min(id) FROM patients) WHERE patient_id IS NULL;
ALTER TABLE documents ALTER COLUMN patient_id SET NOT NULL;
ALTER TABLE documents ADD FOREIGN KEY (patient_id) REFERENCES patients (id);

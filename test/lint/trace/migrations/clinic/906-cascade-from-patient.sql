-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE messages DROP CONSTRAINT messages_patient_id_fkey;
ALTER TABLE messages ADD CONSTRAINT messages_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patients (id) ON DELETE CASCADE;

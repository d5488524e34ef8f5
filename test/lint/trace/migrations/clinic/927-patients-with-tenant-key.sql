-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ADD CONSTRAINT appointments_patient_of_clinic_fkey FOREIGN KEY (clinic_id, patient_id) REFERENCES patients (clinic_id, id);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE patient_addresses (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  patient_id bigint NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
  address text NOT NULL
);
INSERT INTO patient_addresses (patient_id, address) SELECT id, address FROM patients WHERE address IS NOT NULL;
CREATE INDEX patient_addresses_patient_id_idx ON patient_addresses (patient_id);

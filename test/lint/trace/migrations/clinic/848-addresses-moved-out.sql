-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: -data-loss because what is NULL needs no row in the new table
CREATE TABLE patient_addresses (patient_id bigint PRIMARY KEY REFERENCES patients (id), address text NOT NULL);
INSERT INTO patient_addresses (patient_id, address) SELECT id, address FROM patients WHERE address IS NOT NULL;
ALTER TABLE patients DROP COLUMN address;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ALTER COLUMN id TYPE bigint;
ALTER TABLE prescriptions ALTER COLUMN drug_id TYPE bigint;
ALTER SEQUENCE drugs_id_seq AS bigint;

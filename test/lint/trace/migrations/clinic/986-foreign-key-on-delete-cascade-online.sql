-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE prescriptions ADD CONSTRAINT prescriptions_visit_cascade FOREIGN KEY (visit_id) REFERENCES visits (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE prescriptions VALIDATE CONSTRAINT prescriptions_visit_cascade;
ALTER TABLE prescriptions DROP CONSTRAINT prescriptions_visit_id_fkey;

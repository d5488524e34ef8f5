-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE prescriptions ADD COLUMN drug_uid uuid;
UPDATE prescriptions p SET drug_uid = d.uid FROM drugs d WHERE d.id = p.drug_id;
ALTER TABLE prescriptions ALTER COLUMN drug_uid SET NOT NULL;

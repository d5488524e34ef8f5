-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE contacts AS SELECT id AS patient_id, email, phone FROM patients WHERE email IS NOT NULL OR phone IS NOT NULL;
ALTER TABLE contacts ADD PRIMARY KEY (patient_id);
ALTER TABLE contacts ALTER COLUMN email SET NOT NULL;
ALTER TABLE contacts ADD CONSTRAINT contacts_email_key UNIQUE (email);

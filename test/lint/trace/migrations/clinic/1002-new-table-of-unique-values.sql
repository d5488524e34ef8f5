-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE portal_logins (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  patient_id bigint NOT NULL,
  email varchar(320) NOT NULL UNIQUE,
  invited_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX portal_logins_patient_id_idx ON portal_logins (patient_id);
INSERT INTO portal_logins (patient_id, email) SELECT id, email FROM patients WHERE email IS NOT NULL;

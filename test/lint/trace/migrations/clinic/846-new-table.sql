-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE referrals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  patient_id bigint NOT NULL REFERENCES patients (id),
  to_practitioner text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX referrals_patient_id_idx ON referrals (patient_id);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
BEGIN
  ALTER TABLE patients ADD CONSTRAINT patients_phone_check CHECK (phone ~ '^[+0-9 ]+$') NOT VALID;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
DECLARE
  found text;
BEGIN
  SELECT conname INTO STRICT found FROM pg_constraint WHERE conrelid = 'appointments'::regclass AND contype = 'c';
  EXECUTE format('ALTER TABLE appointments DROP CONSTRAINT %I', found);
END $$;

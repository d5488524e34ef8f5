-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'rooms' AND column_name = 'wheelchair') THEN
    ALTER TABLE rooms ADD COLUMN wheelchair boolean DEFAULT true;
  END IF;
END $$;

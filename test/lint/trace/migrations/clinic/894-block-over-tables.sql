-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['clinics', 'rooms', 'insurers'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS archived_at timestamptz', name);
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I (archived_at)', name || '_archived_at_idx', name);
  END LOOP;
END $$;

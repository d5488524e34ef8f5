-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
DECLARE
  name text;
BEGIN
  SELECT conname INTO name FROM pg_constraint WHERE conrelid = 'teams'::regclass AND contype = 'u';
  IF name IS NOT NULL THEN
    EXECUTE format('ALTER TABLE teams DROP CONSTRAINT %I', name);
  END IF;
END $$;

DO $$
DECLARE
  c record;
BEGIN
  FOR c IN SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name LIKE 'legacy\_%'
  LOOP
    EXECUTE format('ALTER TABLE %I DROP COLUMN %I', c.table_name, c.column_name);
  END LOOP;
END $$;

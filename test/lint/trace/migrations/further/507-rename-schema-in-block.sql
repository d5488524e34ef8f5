DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'archive') THEN
    EXECUTE 'ALTER SCHEMA archive RENAME TO attic';
  END IF;
END $$;

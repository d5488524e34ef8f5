DO $$ BEGIN
  FOR attempt IN 1..5 LOOP
    BEGIN
      SET LOCAL lock_timeout = '500ms';
      ALTER TABLE orders ADD COLUMN IF NOT EXISTS source text;
      EXIT;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(0.1);
    END;
  END LOOP;
END $$;

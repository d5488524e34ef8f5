-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.columns WHERE table_name = 'accounts' AND column_name = 'billing_email'
  ) THEN
    ALTER TABLE accounts ADD COLUMN billing_email varchar(255);
  END IF;
END $$;

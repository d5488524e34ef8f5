-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE jobs ADD COLUMN last_error text;
DO $$
BEGIN
  UPDATE jobs SET last_error = failed_reason;
END $$;
ALTER TABLE jobs DROP COLUMN failed_reason;

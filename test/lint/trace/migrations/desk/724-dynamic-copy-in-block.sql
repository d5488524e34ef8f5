-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE jobs ADD COLUMN error text;
DO $$
BEGIN
  EXECUTE 'UPDATE jobs SET error = failed_reason WHERE failed_reason IS NOT NULL';
END $$;
ALTER TABLE jobs DROP COLUMN failed_reason;

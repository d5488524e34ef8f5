-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
BEGIN
  ALTER TABLE tickets ADD CONSTRAINT ck_tickets_priority CHECK (priority > 0);
EXCEPTION WHEN duplicate_object THEN
  RAISE NOTICE 'is there already';
END $$;

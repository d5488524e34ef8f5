-- schema: desk.sql
-- rows: desk-rows.sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'ix_tickets_team_id') THEN
    CREATE INDEX ix_tickets_team_id ON tickets (team_id);
  END IF;
END $$;

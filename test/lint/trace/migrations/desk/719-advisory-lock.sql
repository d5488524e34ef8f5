-- schema: desk.sql
-- rows: desk-rows.sql
SELECT pg_advisory_xact_lock(4711);
ALTER TABLE teams ADD COLUMN archived_at timestamptz;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ALTER COLUMN started_at TYPE timestamptz USING started_at AT TIME ZONE 'Europe/Berlin',
  ALTER COLUMN ended_at TYPE timestamptz USING ended_at AT TIME ZONE 'Europe/Berlin';

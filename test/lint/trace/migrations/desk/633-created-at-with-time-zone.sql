-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts
  ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC',
  ALTER COLUMN modified_at TYPE timestamptz USING modified_at AT TIME ZONE 'UTC';

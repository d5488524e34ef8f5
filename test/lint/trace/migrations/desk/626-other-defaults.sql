-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ALTER COLUMN status SET DEFAULT 'active';
ALTER TABLE labels ALTER COLUMN color DROP DEFAULT;
ALTER TABLE jobs ALTER COLUMN queue SET DEFAULT 'low';

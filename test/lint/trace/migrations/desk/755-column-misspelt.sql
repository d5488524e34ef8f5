-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ADD COLUMN escalated_at timestamptz;
UPDATE tickets SET escalated_at = create_at WHERE priority = 1;

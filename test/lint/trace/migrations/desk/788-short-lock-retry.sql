-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
SET lock_timeout = '1s';
ALTER TABLE ticket_labels ADD COLUMN added_at timestamptz DEFAULT now();
RESET lock_timeout;

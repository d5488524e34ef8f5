-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE accounts ADD COLUMN suspended boolean NOT NULL DEFAULT false;
UPDATE accounts SET suspended = true WHERE status = 'suspended';

-- schema: desk.sql
-- rows: desk-rows.sql
DROP VIEW agent_load;
DROP VIEW open_tickets;
DROP INDEX ix_tickets_open;
ALTER TABLE tickets ALTER COLUMN state DROP DEFAULT;
ALTER TABLE tickets ALTER COLUMN state TYPE text;
ALTER TABLE tickets ALTER COLUMN state SET DEFAULT 'open';

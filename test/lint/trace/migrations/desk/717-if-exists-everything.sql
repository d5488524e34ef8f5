-- schema: desk.sql
-- rows: desk-rows.sql
DROP INDEX IF EXISTS ix_old_tickets;
DROP VIEW IF EXISTS old_tickets;
DROP TABLE IF EXISTS old_tickets;
ALTER TABLE IF EXISTS old_agents ADD COLUMN x integer;
DROP FUNCTION IF EXISTS old_slugify(text);

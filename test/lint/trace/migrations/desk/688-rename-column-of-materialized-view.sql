-- schema: desk.sql
-- rows: desk-rows.sql
ALTER MATERIALIZED VIEW daily_tickets RENAME COLUMN tickets TO total;

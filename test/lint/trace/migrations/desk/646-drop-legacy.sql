-- schema: desk.sql
-- rows: desk-rows.sql
DROP TABLE IF EXISTS legacy_tickets;

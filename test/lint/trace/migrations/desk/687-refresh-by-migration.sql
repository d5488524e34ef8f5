-- schema: desk.sql
-- rows: desk-rows.sql
REFRESH MATERIALIZED VIEW daily_tickets;

-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_tickets;

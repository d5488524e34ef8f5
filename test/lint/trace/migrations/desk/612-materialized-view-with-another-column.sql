-- schema: desk.sql
-- rows: desk-rows.sql
DROP MATERIALIZED VIEW daily_tickets;
CREATE MATERIALIZED VIEW daily_tickets AS
  SELECT account_id, created_at::date AS day, count(*) AS tickets, count(solved_at) AS solved FROM tickets GROUP BY 1, 2;
CREATE UNIQUE INDEX ix_daily_tickets ON daily_tickets (account_id, day);

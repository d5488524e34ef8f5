-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE tickets ALTER COLUMN state SET STATISTICS 1000;
CREATE STATISTICS st_tickets_account_state (dependencies, ndistinct) ON account_id, state FROM tickets;
ANALYZE tickets;

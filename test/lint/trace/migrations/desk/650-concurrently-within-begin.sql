-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;
CREATE INDEX CONCURRENTLY ix_tickets_assignee ON tickets (assignee_id);
COMMIT;

-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE INDEX CONCURRENTLY ix_tickets_assignee_open ON tickets (assignee_id, due_at) INCLUDE (priority) WHERE state IN ('open', 'pending');

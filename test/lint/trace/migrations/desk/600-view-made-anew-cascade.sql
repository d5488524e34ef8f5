-- schema: desk.sql
-- rows: desk-rows.sql
DROP VIEW open_tickets CASCADE;
CREATE VIEW open_tickets AS
  SELECT id, account_id, number, subject, assignee_id, priority, due_at FROM tickets WHERE state IN ('open', 'pending');

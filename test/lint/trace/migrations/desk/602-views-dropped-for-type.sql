-- schema: desk.sql
-- rows: desk-rows.sql
DROP VIEW agent_load;
DROP VIEW open_tickets;
ALTER TABLE tickets ALTER COLUMN priority TYPE smallint;
CREATE VIEW open_tickets AS SELECT id, account_id, number, subject, assignee_id, priority FROM tickets WHERE state IN ('open', 'pending');
CREATE VIEW agent_load AS
  SELECT a.id AS agent_id, a.full_name, count(t.id) AS tickets FROM agents a LEFT JOIN open_tickets t ON t.assignee_id = a.id GROUP BY a.id, a.full_name;

-- schema: desk.sql
-- rows: desk-rows.sql
CREATE OR REPLACE VIEW open_tickets AS SELECT id, account_id, number, subject, assignee_id FROM tickets WHERE state IN ('open', 'pending');

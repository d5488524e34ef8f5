-- schema: desk.sql
-- rows: desk-rows.sql
CREATE OR REPLACE VIEW open_tickets AS SELECT id, account_id, number, subject, assignee_id, priority FROM tickets WHERE state = 'open';

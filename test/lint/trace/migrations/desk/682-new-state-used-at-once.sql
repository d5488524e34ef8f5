-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TYPE ticket_state ADD VALUE 'on_hold' AFTER 'pending';
UPDATE tickets SET state = 'on_hold' WHERE state = 'pending' AND due_at IS NULL;

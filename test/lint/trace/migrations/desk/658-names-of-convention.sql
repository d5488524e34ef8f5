-- schema: desk.sql
-- rows: desk-rows.sql
ALTER INDEX ix_tickets_open RENAME TO ix_tickets_due_at_open;
ALTER TABLE tickets RENAME CONSTRAINT ck_tickets_priority TO ck_tickets_priority_range;

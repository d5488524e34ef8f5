-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE ticket_messages ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED;
CREATE INDEX ix_ticket_messages_search ON ticket_messages USING gin (search);

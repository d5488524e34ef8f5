-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE ticket_messages ADD COLUMN agent_id integer;
ALTER TABLE attachments ADD CONSTRAINT fk_attachments_message FOREIGN KEY (message_id) REFERENCES ticket_messages (id) NOT VALID;
ALTER TABLE attachments VALIDATE CONSTRAINT fk_attachments_message;

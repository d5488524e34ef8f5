-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;
ALTER TABLE attachments ADD CONSTRAINT fk_attachments_message_id FOREIGN KEY (message_id) REFERENCES ticket_messages (id) ON DELETE CASCADE NOT VALID;
COMMIT;
ALTER TABLE attachments VALIDATE CONSTRAINT fk_attachments_message_id;
CREATE INDEX CONCURRENTLY ix_attachments_message_id ON attachments (message_id);

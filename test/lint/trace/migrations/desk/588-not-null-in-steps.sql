-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
ALTER TABLE ticket_messages ALTER COLUMN is_internal SET DEFAULT false;
UPDATE ticket_messages SET is_internal = false WHERE is_internal IS NULL;
ALTER TABLE ticket_messages ADD CONSTRAINT ck_internal CHECK (is_internal IS NOT NULL) NOT VALID;
ALTER TABLE ticket_messages VALIDATE CONSTRAINT ck_internal;
ALTER TABLE ticket_messages ALTER COLUMN is_internal SET NOT NULL;
ALTER TABLE ticket_messages DROP CONSTRAINT ck_internal;

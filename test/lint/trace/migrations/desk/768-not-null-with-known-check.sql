-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
ALTER TABLE audit.entries ADD CONSTRAINT entries_at CHECK (at IS NOT NULL) NOT VALID;
ALTER TABLE audit.entries VALIDATE CONSTRAINT entries_at;
ALTER TABLE legacy_tickets ADD CONSTRAINT legacy_created CHECK (created IS NOT NULL) NOT VALID;
ALTER TABLE legacy_tickets VALIDATE CONSTRAINT legacy_created;
ALTER TABLE legacy_tickets ALTER COLUMN created SET NOT NULL;

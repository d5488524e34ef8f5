-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY uq_labels_account_name ON labels (account_id, name);
BEGIN;
SET LOCAL lock_timeout = '3s';
ALTER TABLE labels ADD CONSTRAINT uq_labels_account_name UNIQUE USING INDEX uq_labels_account_name;
COMMIT;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TYPE bill_state RENAME TO bill_state_old;
CREATE TYPE bill_state AS ENUM ('draft', 'sent', 'paid', 'void', 'refunded');
DROP VIEW open_bills;
DROP TRIGGER bills_log ON bills;
ALTER TABLE bills ALTER COLUMN state DROP DEFAULT;
ALTER TABLE bills ALTER COLUMN state TYPE bill_state USING state::text::bill_state;
ALTER TABLE bills ALTER COLUMN state SET DEFAULT 'draft';
CREATE TRIGGER bills_log AFTER UPDATE OF state ON bills FOR EACH ROW EXECUTE FUNCTION log_bill();
CREATE VIEW open_bills AS SELECT id, number, patient_id, gross, due_on FROM bills WHERE state = 'sent';
DROP TYPE bill_state_old;

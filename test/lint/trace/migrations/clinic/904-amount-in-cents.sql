-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE receipts ADD COLUMN amount_cents bigint;
UPDATE receipts SET amount_cents = round(amount * 100);
ALTER TABLE receipts ALTER COLUMN amount_cents SET NOT NULL;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE receipts ALTER COLUMN method SET DEFAULT 'card';
ALTER TABLE receipts ADD CONSTRAINT receipts_method_check CHECK (method IN ('cash', 'card', 'transfer')) NOT VALID;

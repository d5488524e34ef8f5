-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE receipts ADD CONSTRAINT receipts_amount_check CHECK (amount <> 0);

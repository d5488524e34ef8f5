-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE receipts VALIDATE CONSTRAINT receipts_bill_id_fkey;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
ALTER TABLE skus ADD CONSTRAINT skus_ean_digits CHECK (ean ~ '^[0-9]{13}$') NOT VALID;
ALTER TABLE skus VALIDATE CONSTRAINT skus_ean_digits;

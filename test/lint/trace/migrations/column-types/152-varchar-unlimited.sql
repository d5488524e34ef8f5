ALTER TABLE products ALTER COLUMN supplier_code TYPE varchar;

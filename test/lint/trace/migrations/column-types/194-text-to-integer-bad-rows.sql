-- title: All codes are numbers, somebody said
ALTER TABLE products ALTER COLUMN supplier_code TYPE integer USING supplier_code::integer;

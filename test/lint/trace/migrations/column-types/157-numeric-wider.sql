ALTER TABLE products ALTER COLUMN list_price TYPE numeric(14,2);

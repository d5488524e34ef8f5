DROP VIEW product_list;
ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2);
CREATE VIEW product_list AS SELECT id, sku, title, price FROM products;

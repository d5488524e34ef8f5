CREATE OR REPLACE VIEW product_list AS SELECT id, sku, price FROM products;

CREATE OR REPLACE VIEW product_list AS SELECT id, sku, title AS name, price FROM products;

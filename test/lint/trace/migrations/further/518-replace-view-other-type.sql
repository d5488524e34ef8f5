CREATE OR REPLACE VIEW product_list AS SELECT id, sku, title, price::integer FROM products;

-- title: A view is replaced with one more column
DROP VIEW product_list;
CREATE VIEW product_list AS SELECT id, sku, title, price, list_price FROM products;

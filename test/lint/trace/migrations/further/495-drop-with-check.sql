-- title: The view and its table in one file
DROP VIEW product_list;
DROP TABLE order_items, products;

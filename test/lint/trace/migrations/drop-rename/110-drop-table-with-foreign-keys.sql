-- title: It refers to orders and products
DROP TABLE order_items;

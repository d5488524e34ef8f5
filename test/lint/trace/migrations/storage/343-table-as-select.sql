CREATE TABLE big_orders AS SELECT * FROM orders WHERE total > 500;

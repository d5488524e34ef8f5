ALTER PUBLICATION shop_changes DROP TABLE orders;

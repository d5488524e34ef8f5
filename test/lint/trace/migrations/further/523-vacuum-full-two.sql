-- transaction: none
VACUUM (FULL, ANALYZE) orders, order_items;

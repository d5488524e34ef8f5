GRANT SELECT ON orders, order_items TO pg_monitor;

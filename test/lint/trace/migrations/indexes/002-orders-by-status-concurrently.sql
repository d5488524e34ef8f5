-- transaction: none
-- title: The same without blocking
CREATE INDEX CONCURRENTLY index_orders_on_status ON orders (status);

-- transaction: none
-- title: Whatever is there, it is valid afterwards
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_coupon_code_idx ON orders (coupon_code);
REINDEX INDEX CONCURRENTLY orders_coupon_code_idx;

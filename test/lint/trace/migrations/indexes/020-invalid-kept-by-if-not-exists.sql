-- transaction: none
-- title: Second try of the index on the coupon
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_coupon_code_idx ON orders (coupon_code);

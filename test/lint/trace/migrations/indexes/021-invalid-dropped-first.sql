-- transaction: none
-- title: The last try left an invalid index behind
DROP INDEX CONCURRENTLY IF EXISTS orders_coupon_code_idx;
CREATE INDEX CONCURRENTLY orders_coupon_code_idx ON orders (coupon_code);

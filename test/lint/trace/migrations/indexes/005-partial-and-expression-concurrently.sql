-- transaction: none
-- title: Two further indexes, each by itself
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_open_idx ON orders (placed_at) WHERE status IN ('new', 'paid');
CREATE INDEX CONCURRENTLY IF NOT EXISTS products_lower_title_idx ON products (lower(title));

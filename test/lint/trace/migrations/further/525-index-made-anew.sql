DROP INDEX IF EXISTS orders_placed_at_idx;
CREATE INDEX orders_placed_at_idx ON orders (placed_at DESC);

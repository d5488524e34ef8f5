-- transaction: none
-- title: The new index first
CREATE INDEX CONCURRENTLY orders_user_id_placed_at_idx ON orders (user_id, placed_at);
DROP INDEX CONCURRENTLY orders_user_id_idx;

-- transaction: none
-- title: Covering index for the order list
CREATE INDEX CONCURRENTLY orders_user_list_idx ON orders (user_id, placed_at DESC) INCLUDE (total, status);

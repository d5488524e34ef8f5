-- title: The old index goes before the new one is there
DROP INDEX orders_user_id_idx;
CREATE INDEX orders_user_id_placed_at_idx ON orders (user_id, placed_at);

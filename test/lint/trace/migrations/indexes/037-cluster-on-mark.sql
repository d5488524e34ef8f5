-- title: Only says by what it is to be clustered
ALTER TABLE orders CLUSTER ON orders_placed_at_idx;

-- transaction: none
-- title: One open cart for each user
CREATE UNIQUE INDEX CONCURRENTLY orders_one_cart_idx ON orders (user_id) WHERE status = 'new';

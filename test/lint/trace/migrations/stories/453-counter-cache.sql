-- title: A counter, filled by a correlated update
ALTER TABLE users ADD COLUMN orders_count integer NOT NULL DEFAULT 0;
UPDATE users SET orders_count = (SELECT count(*) FROM orders WHERE orders.user_id = users.id);

-- transaction: none
-- title: The column, then its values by ranges of the key
ALTER TABLE users ADD COLUMN orders_count integer NOT NULL DEFAULT 0;
UPDATE users SET orders_count = (SELECT count(*) FROM orders WHERE orders.user_id = users.id) WHERE id > 0 AND id <= 25000;
UPDATE users SET orders_count = (SELECT count(*) FROM orders WHERE orders.user_id = users.id) WHERE id > 25000 AND id <= 50000;

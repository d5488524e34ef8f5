-- transaction: none
-- title: The same, each statement by itself
ALTER TYPE user_status ADD VALUE 'blocked';
UPDATE users SET status = 'blocked' WHERE id = 4000;

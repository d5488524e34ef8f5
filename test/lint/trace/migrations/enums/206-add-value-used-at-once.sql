-- title: The new value is used in the same transaction
ALTER TYPE user_status ADD VALUE 'blocked';
UPDATE users SET status = 'blocked' WHERE id = 4000;

-- title: The counter will not hold
ALTER TABLE users ALTER COLUMN login_count TYPE bigint;

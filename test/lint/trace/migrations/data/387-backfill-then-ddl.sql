-- title: The update first, the lock of the DDL only at the end
UPDATE users SET bio = '' WHERE bio IS NULL;
ALTER TABLE users ALTER COLUMN bio SET DEFAULT '';

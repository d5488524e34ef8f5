-- title: To bigint by swapping names, filled before
ALTER TABLE users ADD COLUMN login_count_new bigint NOT NULL DEFAULT 0;
UPDATE users SET login_count_new = login_count;
ALTER TABLE users RENAME COLUMN login_count TO login_count_old;
ALTER TABLE users RENAME COLUMN login_count_new TO login_count;

-- title: To bigint by swapping names, and the counts are forgotten
-- classes: +breaks-old-code because the application of before reads 0 where its counts were
ALTER TABLE users ADD COLUMN login_count_new bigint NOT NULL DEFAULT 0;
ALTER TABLE users RENAME COLUMN login_count TO login_count_old;
ALTER TABLE users RENAME COLUMN login_count_new TO login_count;

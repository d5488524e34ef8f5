-- title: What the last three releases left behind
DROP INDEX IF EXISTS users_username_idx;
ALTER TABLE users DROP COLUMN IF EXISTS legacy_role;
ALTER TABLE orders DROP COLUMN IF EXISTS priority;
DROP TABLE IF EXISTS events_2024;

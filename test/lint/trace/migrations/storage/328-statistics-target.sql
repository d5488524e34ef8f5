ALTER TABLE orders ALTER COLUMN status SET STATISTICS 1000;
CREATE STATISTICS users_status_locale ON status, locale FROM users;

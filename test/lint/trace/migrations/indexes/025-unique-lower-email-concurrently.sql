-- transaction: none
-- title: No two users whose addresses differ by case alone
CREATE UNIQUE INDEX CONCURRENTLY users_lower_email_key ON users (lower(email));

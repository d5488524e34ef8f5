-- transaction: none
-- title: Usernames are to be unique, without blocking
CREATE UNIQUE INDEX CONCURRENTLY users_username_key ON users (username);

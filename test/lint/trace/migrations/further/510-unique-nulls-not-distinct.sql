-- since: 15
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY users_username_key ON users (username) NULLS NOT DISTINCT;

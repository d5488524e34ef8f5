-- title: Usernames are to be unique
CREATE UNIQUE INDEX users_username_key ON users (username);

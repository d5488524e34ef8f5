CREATE INDEX users_birthday_idx ON users (birthday);

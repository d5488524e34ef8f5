-- title: The profile moves out of users
CREATE TABLE user_profiles (user_id bigint PRIMARY KEY, bio text, last_seen timestamp);
INSERT INTO user_profiles SELECT id, bio, last_seen FROM users;
ALTER TABLE users DROP COLUMN bio, DROP COLUMN last_seen;

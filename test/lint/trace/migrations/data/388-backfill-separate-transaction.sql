-- transaction: none
ALTER TABLE users ADD COLUMN display_name text;
UPDATE users SET display_name = coalesce(name, username, email) WHERE id BETWEEN 1 AND 20000;
UPDATE users SET display_name = coalesce(name, username, email) WHERE id BETWEEN 20001 AND 40000;

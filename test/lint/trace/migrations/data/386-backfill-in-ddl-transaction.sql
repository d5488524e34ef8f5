-- title: The column and its values at once: the table is locked for the whole update
ALTER TABLE users ADD COLUMN display_name text;
UPDATE users SET display_name = coalesce(name, username, email);

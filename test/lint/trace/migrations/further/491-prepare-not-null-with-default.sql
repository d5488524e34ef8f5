-- title: A column that may be NULL gets a default, nothing else
ALTER TABLE users ALTER COLUMN legacy_role SET DEFAULT 'member';

ALTER TABLE users ALTER COLUMN last_ip TYPE inet;

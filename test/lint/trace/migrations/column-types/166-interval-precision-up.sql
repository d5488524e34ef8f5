ALTER TABLE users ALTER COLUMN session_length TYPE interval(6);

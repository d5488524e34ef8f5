ALTER TABLE users ALTER COLUMN updated_at TYPE timestamptz(6);

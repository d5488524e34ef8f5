ALTER TABLE sessions ALTER COLUMN expires_at TYPE timestamptz(0);

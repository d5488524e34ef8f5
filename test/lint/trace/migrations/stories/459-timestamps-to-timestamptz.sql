-- title: All timestamps at once, where they hold local time
ALTER TABLE users ALTER COLUMN last_seen TYPE timestamptz USING last_seen AT TIME ZONE 'Europe/Berlin';
ALTER TABLE orders ALTER COLUMN shipped_at TYPE timestamptz USING shipped_at AT TIME ZONE 'Europe/Berlin';

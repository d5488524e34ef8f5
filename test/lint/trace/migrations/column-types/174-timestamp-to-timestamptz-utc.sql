-- title: What is stored is UTC
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN shipped_at TYPE timestamptz;

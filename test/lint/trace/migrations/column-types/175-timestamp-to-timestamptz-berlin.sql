-- title: What is stored is Berlin's time
SET LOCAL timezone = 'Europe/Berlin';
ALTER TABLE orders ALTER COLUMN shipped_at TYPE timestamptz;

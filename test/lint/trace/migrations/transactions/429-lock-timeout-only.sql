SET LOCAL lock_timeout = '1s';
ALTER TABLE products ADD COLUMN discontinued_at timestamptz;

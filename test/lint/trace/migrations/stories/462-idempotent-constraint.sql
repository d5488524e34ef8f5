-- title: Dropped and added, so that it can be run again
ALTER TABLE orders DROP CONSTRAINT IF EXISTS orders_priority_check;
ALTER TABLE orders ADD CONSTRAINT orders_priority_check CHECK (priority >= 0);

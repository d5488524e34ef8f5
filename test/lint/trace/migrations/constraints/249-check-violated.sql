-- title: There are orders of zero
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 100);

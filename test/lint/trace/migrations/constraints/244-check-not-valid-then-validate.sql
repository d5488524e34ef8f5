-- transaction: none
ALTER TABLE orders ADD CONSTRAINT orders_priority_range CHECK (priority BETWEEN 0 AND 9) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_priority_range;

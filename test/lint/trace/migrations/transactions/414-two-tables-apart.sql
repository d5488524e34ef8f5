-- transaction: none
ALTER TABLE users ADD COLUMN score integer;
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

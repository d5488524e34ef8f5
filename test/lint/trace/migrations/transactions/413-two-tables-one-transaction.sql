-- title: Two tables are locked, the first for as long as the second takes
ALTER TABLE users ADD COLUMN score integer;
CREATE INDEX orders_total_idx ON orders (total);

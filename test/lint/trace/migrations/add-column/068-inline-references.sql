-- title: Nullable, without default: nothing to check
ALTER TABLE orders ADD COLUMN approved_by bigint REFERENCES users (id);

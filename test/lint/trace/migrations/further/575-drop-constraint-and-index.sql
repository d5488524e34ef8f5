ALTER TABLE orders DROP CONSTRAINT orders_number_key;
DROP INDEX orders_placed_at_idx;

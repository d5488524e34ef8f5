ALTER TABLE order_items ALTER COLUMN unit_price TYPE numeric;

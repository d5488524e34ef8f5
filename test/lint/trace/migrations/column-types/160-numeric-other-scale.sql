ALTER TABLE order_items ALTER COLUMN discount TYPE numeric(7,4);

ALTER TABLE orders ADD COLUMN warehouse_id integer NOT NULL;

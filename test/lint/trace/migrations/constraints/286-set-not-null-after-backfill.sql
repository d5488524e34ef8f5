-- title: Filled and constrained in one file
UPDATE order_items SET gift = false WHERE gift IS NULL;
ALTER TABLE order_items ALTER COLUMN gift SET DEFAULT false;
ALTER TABLE order_items ALTER COLUMN gift SET NOT NULL;

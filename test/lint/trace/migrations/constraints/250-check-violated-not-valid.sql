-- title: The old rows are mended later
ALTER TABLE orders ADD CONSTRAINT orders_shipped_after_placed CHECK (shipped_at IS NULL OR status <> 'new') NOT VALID;

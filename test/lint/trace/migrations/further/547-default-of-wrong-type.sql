ALTER TABLE orders ALTER COLUMN placed_at SET DEFAULT 'soon';

CREATE DOMAIN percentage AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
ALTER TABLE order_items ADD COLUMN tax_rate percentage;

ALTER TABLE products ADD COLUMN shipping integer NOT NULL DEFAULT shipping_cents(500);

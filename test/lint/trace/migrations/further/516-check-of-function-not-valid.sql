ALTER TABLE products ADD CONSTRAINT products_shipping CHECK (shipping_cents(weight_g) > 0) NOT VALID;

-- transaction: none
ALTER TABLE products ADD COLUMN rating smallint;
ALTER TABLE products ADD CONSTRAINT products_rating_range CHECK (rating BETWEEN 1 AND 5) NOT VALID;
ALTER TABLE products VALIDATE CONSTRAINT products_rating_range;

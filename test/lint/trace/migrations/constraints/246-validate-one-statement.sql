-- transaction: none
-- title: Both in one statement: the greater lock is held for the scan
ALTER TABLE products ADD CONSTRAINT products_weight_positive CHECK (weight_g > 0) NOT VALID,
  VALIDATE CONSTRAINT products_weight_positive;

-- transaction: none
-- title: Each step in its own transaction, as written by hand
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE products ADD CONSTRAINT products_weight_positive CHECK (weight_g > 0) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE products VALIDATE CONSTRAINT products_weight_positive;
COMMIT;

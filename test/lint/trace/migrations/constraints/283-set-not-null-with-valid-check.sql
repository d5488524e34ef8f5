-- title: The CHECK of the last release says it already
ALTER TABLE products ALTER COLUMN active SET NOT NULL;
ALTER TABLE products DROP CONSTRAINT products_active_set;

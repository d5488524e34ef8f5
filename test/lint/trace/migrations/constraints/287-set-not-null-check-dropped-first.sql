-- title: The wrong order: the CHECK is gone when it would help
ALTER TABLE products DROP CONSTRAINT products_active_set;
ALTER TABLE products ALTER COLUMN active SET NOT NULL;

-- title: The domain has a CHECK
ALTER TABLE products ADD COLUMN stock positive_int;

-- title: A new column is empty, its index still reads every row
ALTER TABLE products ADD COLUMN ean varchar(13);
CREATE UNIQUE INDEX products_ean_key ON products (ean);

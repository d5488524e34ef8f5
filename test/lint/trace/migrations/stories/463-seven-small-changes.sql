-- title: Many brief changes of one table in one statement
ALTER TABLE products
  ALTER COLUMN description SET DEFAULT '',
  ADD COLUMN brand text,
  ADD COLUMN country_of_origin char(2),
  ALTER COLUMN supplier_code TYPE varchar(60),
  DROP CONSTRAINT products_price_positive,
  ADD CONSTRAINT products_price_positive CHECK (price > 0) NOT VALID;

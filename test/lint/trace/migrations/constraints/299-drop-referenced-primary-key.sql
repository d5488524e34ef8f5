ALTER TABLE categories DROP CONSTRAINT categories_pkey;

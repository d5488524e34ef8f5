-- title: Brief changes of several tables
ALTER TABLE users ADD COLUMN score integer;
ALTER TABLE orders ADD COLUMN score integer;
ALTER TABLE products ADD COLUMN score integer DEFAULT 0;

-- title: The view goes with it
ALTER TABLE products DROP COLUMN title CASCADE;

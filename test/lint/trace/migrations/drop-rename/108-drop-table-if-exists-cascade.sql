-- title: Copied from a script of the development machine
DROP TABLE IF EXISTS products CASCADE;

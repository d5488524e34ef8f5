ALTER TABLE orders ALTER COLUMN priority SET DATA TYPE integer;

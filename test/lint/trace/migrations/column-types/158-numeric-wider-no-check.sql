ALTER TABLE users ALTER COLUMN balance TYPE numeric(18,2);

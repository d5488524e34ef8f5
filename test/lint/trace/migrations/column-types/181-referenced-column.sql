ALTER TABLE categories ALTER COLUMN id TYPE bigint;

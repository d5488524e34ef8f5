-- classes: +data-loss because cents are rounded away
ALTER TABLE users ALTER COLUMN balance TYPE integer;

-- classes: +data-loss because the cents are gone
ALTER TABLE users ALTER COLUMN balance TYPE integer USING round(balance)::integer;

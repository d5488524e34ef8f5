-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
ALTER DOMAIN percentage ADD CONSTRAINT percentage_steps CHECK (VALUE * 2 = trunc(VALUE * 2)) NOT VALID;
ALTER DOMAIN percentage VALIDATE CONSTRAINT percentage_steps;

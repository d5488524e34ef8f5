-- schema: desk.sql
-- rows: desk-rows.sql
ALTER DOMAIN percentage ADD CONSTRAINT percentage_whole CHECK (VALUE = trunc(VALUE));

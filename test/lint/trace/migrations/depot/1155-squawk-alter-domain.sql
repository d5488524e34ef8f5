-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER DOMAIN grams ADD CONSTRAINT grams_below_limit CHECK (VALUE < 70000);

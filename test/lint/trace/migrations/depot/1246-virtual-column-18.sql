-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- since: 18
ALTER TABLE stock ADD COLUMN available integer GENERATED ALWAYS AS (quantity - reserved) VIRTUAL;

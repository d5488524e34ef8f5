-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: -breaks-old-code because the application takes the keys that it writes from the table
UPDATE skus SET sku = lower(sku);

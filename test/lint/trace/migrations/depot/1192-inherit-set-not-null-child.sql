-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
UPDATE rates SET price = price * 1.03;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
UPDATE ONLY rates SET price = round(price * 1.03, 2) WHERE zone = 'Z1';

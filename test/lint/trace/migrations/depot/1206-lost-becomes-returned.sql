-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
UPDATE shipments SET state = 'returned' WHERE state = 'lost';

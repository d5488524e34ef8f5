-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DELETE FROM staff WHERE active = false;

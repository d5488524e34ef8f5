-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP SCHEMA archive CASCADE;

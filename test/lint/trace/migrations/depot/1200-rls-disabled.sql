-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP POLICY shippers_tenant ON shippers;
ALTER TABLE shippers DISABLE ROW LEVEL SECURITY;

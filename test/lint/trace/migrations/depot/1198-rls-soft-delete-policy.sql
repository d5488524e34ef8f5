-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE POLICY shippers_live ON shippers AS RESTRICTIVE FOR SELECT USING (deleted_at IS NULL);

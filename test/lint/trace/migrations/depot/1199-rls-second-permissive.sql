-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE POLICY shippers_support ON shippers FOR SELECT TO shop_app USING (true);

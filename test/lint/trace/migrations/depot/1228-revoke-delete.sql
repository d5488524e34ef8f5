-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
REVOKE DELETE, UPDATE ON payouts FROM shop_app;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
REVOKE SELECT ON messages FROM shop_app;

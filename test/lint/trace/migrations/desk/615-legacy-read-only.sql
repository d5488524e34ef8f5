-- schema: desk.sql
-- rows: desk-rows.sql
REVOKE INSERT, UPDATE, DELETE ON legacy_tickets FROM shop_app;

REVOKE USAGE ON SCHEMA archive FROM shop_app;

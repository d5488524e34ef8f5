REVOKE ALL ON users FROM shop_app;

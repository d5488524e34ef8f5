REVOKE UPDATE, DELETE ON audit_log FROM shop_app;

-- schema: desk.sql
-- rows: desk-rows.sql
REVOKE SELECT ON agents FROM shop_app;
GRANT SELECT (id, account_id, team_id, email, full_name, is_admin) ON agents TO shop_app;

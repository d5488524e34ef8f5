CREATE VIEW order_overview AS
  SELECT o.id, o.number, u.email, o.total, o.status FROM orders o JOIN users u ON u.id = o.user_id;
GRANT SELECT ON order_overview TO shop_app;

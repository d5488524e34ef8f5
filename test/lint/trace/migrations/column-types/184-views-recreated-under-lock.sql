-- title: The type costs nothing, but its table is locked while the reports are made again
DROP VIEW order_totals;
DROP MATERIALIZED VIEW user_stats, monthly_sales;
ALTER TABLE docs ALTER COLUMN title TYPE varchar;
CREATE VIEW order_totals AS SELECT user_id, count(*) AS orders, sum(total) AS total FROM orders GROUP BY user_id;
CREATE MATERIALIZED VIEW user_stats AS SELECT user_id, count(*) AS orders, max(placed_at) AS last_order FROM orders GROUP BY user_id;
CREATE MATERIALIZED VIEW monthly_sales AS SELECT date_trunc('month', placed_at) AS month, currency, sum(total) AS total
  FROM orders GROUP BY 1, 2;

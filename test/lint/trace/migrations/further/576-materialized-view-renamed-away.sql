ALTER MATERIALIZED VIEW monthly_sales RENAME TO monthly_sales_old;
CREATE MATERIALIZED VIEW monthly_sales AS SELECT date_trunc('month', placed_at) AS month, currency, sum(total) AS total FROM orders GROUP BY 1, 2;
DROP MATERIALIZED VIEW monthly_sales_old;

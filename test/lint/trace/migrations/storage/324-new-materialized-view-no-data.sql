CREATE MATERIALIZED VIEW product_sales AS
  SELECT product_id, sum(quantity) AS sold FROM order_items GROUP BY product_id WITH NO DATA;

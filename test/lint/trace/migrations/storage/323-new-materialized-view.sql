CREATE MATERIALIZED VIEW product_sales AS
  SELECT product_id, sum(quantity) AS sold FROM order_items GROUP BY product_id;
CREATE UNIQUE INDEX product_sales_product_id_idx ON product_sales (product_id);

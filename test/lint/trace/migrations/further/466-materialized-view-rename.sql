ALTER MATERIALIZED VIEW monthly_sales RENAME TO sales_by_month;

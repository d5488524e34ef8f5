-- title: The report is asked by currency too
CREATE INDEX monthly_sales_currency_idx ON monthly_sales (currency);

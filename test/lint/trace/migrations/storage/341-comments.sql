COMMENT ON TABLE orders IS 'What customers have bought';
COMMENT ON COLUMN orders.total IS 'Gross, in the order''s currency';
COMMENT ON CONSTRAINT orders_total_nonneg ON orders IS 'credit notes are invoices';

ALTER TABLE order_items ADD COLUMN sku sku_code;

DO $$
BEGIN
  EXECUTE 'ALTER TABLE order_items ALTER COLUMN line_no TYPE bigint';
END $$;

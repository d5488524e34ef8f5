DO $$
BEGIN
  UPDATE orders SET currency = upper(currency);
END $$;

-- title: The block commits, but the runner has opened a transaction
DO $$
BEGIN
  UPDATE settings SET value = 'x' WHERE key = 'shop.name';
  COMMIT;
END $$;

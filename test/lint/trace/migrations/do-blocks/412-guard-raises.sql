-- title: A guard that looks whether the data is ready
DO $$
BEGIN
  IF EXISTS (SELECT FROM users WHERE phone IS NULL OR username IS NULL) THEN
    RAISE EXCEPTION 'users without a name are left';
  END IF;
END $$;

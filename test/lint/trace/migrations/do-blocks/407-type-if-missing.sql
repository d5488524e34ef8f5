DO $$
BEGIN
  CREATE TYPE shipping_speed AS ENUM ('standard', 'express');
EXCEPTION
  WHEN duplicate_object THEN NULL;
END $$;

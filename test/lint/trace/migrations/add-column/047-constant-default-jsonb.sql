ALTER TABLE products ADD COLUMN meta jsonb NOT NULL DEFAULT '{}'::jsonb;

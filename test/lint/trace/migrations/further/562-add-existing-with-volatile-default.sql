-- title: It is there already, so nothing happens
ALTER TABLE users ADD COLUMN IF NOT EXISTS email uuid DEFAULT gen_random_uuid();

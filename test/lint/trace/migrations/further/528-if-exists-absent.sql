ALTER TABLE IF EXISTS newsletter ADD COLUMN topic text;
ALTER TABLE coupons ADD COLUMN IF NOT EXISTS percent integer;
DROP VIEW IF EXISTS newsletter_list;

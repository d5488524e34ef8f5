-- title: Written to be run twice
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN IF NOT EXISTS external_id varchar(64), ADD COLUMN IF NOT EXISTS channel text;

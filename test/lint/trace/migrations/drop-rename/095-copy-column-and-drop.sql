-- title: Renamed by copying, all at once
ALTER TABLE coupons ADD COLUMN discount_percent integer;
UPDATE coupons SET discount_percent = percent;
ALTER TABLE coupons ALTER COLUMN discount_percent SET NOT NULL;
ALTER TABLE coupons DROP COLUMN percent;

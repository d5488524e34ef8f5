CREATE UNIQUE INDEX coupons_percent_code ON coupons (percent, code);
ALTER TABLE coupons ADD CONSTRAINT coupons_percent_code UNIQUE USING INDEX coupons_percent_code;

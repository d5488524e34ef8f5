ALTER TABLE coupons DROP CONSTRAINT coupons_pkey;

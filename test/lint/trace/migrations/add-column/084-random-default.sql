ALTER TABLE coupons ADD COLUMN lottery_no integer DEFAULT (random() * 1000)::integer;

-- title: A wider key
ALTER TABLE coupons DROP CONSTRAINT coupons_pkey, ADD PRIMARY KEY (code, percent);

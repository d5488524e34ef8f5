-- title: The one is free, the other is not
ALTER TABLE coupons ALTER COLUMN code TYPE varchar(40), ALTER COLUMN percent TYPE numeric(5,2);

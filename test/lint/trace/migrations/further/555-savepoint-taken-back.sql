SAVEPOINT before_drop;
ALTER TABLE coupons DROP COLUMN valid_until;
ROLLBACK TO before_drop;
ALTER TABLE coupons ADD COLUMN note text;

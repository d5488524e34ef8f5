-- title: Tried, and taken back
-- transaction: none
BEGIN;
ALTER TABLE coupons DROP COLUMN valid_until;
ROLLBACK;

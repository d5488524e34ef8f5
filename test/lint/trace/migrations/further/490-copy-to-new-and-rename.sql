-- title: A table rewritten by hand while nobody may write
LOCK TABLE coupons IN EXCLUSIVE MODE;
CREATE TABLE coupons_new (LIKE coupons INCLUDING ALL);
INSERT INTO coupons_new SELECT * FROM coupons;
DROP TABLE coupons;
ALTER TABLE coupons_new RENAME TO coupons;

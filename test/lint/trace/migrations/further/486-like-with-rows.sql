-- transaction: none
CREATE TABLE coupons_backup (LIKE coupons INCLUDING ALL);
INSERT INTO coupons_backup SELECT * FROM coupons;
DELETE FROM coupons WHERE valid_until < '2026-02-01';

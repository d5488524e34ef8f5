-- title: The old name stays as a view, inserts included
ALTER TABLE coupons RENAME TO vouchers;
CREATE VIEW coupons AS SELECT * FROM vouchers;

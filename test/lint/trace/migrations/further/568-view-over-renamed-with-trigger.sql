-- title: The table moves to another schema, a view with its name stays, without the rights
ALTER TABLE coupons SET SCHEMA reporting;
CREATE VIEW coupons AS SELECT code, percent FROM reporting.coupons;

CREATE SCHEMA api;
GRANT USAGE ON SCHEMA api TO shop_app;
ALTER TABLE coupons SET SCHEMA api;
CREATE VIEW public.coupons AS SELECT * FROM api.coupons;

-- transaction: none
SET lock_timeout = '2s';
ALTER TABLE orders ADD CONSTRAINT orders_coupon_code_fkey FOREIGN KEY (coupon_code) REFERENCES coupons (code) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_coupon_code_fkey;

-- title: The old application writes notes without a coupon
ALTER TABLE orders ADD CONSTRAINT orders_coupon_required CHECK (coupon_code IS NOT NULL) NOT VALID;

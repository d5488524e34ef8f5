-- title: All missing keys at once
ALTER TABLE orders ADD CONSTRAINT orders_coupon_code_fkey FOREIGN KEY (coupon_code) REFERENCES coupons (code);
ALTER TABLE orders ADD CONSTRAINT orders_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories (id);
ALTER TABLE docs ADD CONSTRAINT docs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id);

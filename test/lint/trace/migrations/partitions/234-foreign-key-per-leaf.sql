-- transaction: none
-- title: The leaves first, each without blocking
ALTER TABLE payments_eu ADD CONSTRAINT payments_eu_order_fk FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
ALTER TABLE payments_eu VALIDATE CONSTRAINT payments_eu_order_fk;
ALTER TABLE payments_us ADD CONSTRAINT payments_us_order_fk FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
ALTER TABLE payments_us VALIDATE CONSTRAINT payments_us_order_fk;

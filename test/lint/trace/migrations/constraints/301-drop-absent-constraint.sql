-- title: It has another name in production
ALTER TABLE orders DROP CONSTRAINT orders_total_positive;

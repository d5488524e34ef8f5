ALTER TABLE payments DETACH PARTITION payments_us;
DROP TABLE payments_us;

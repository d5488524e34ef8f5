ALTER TABLE payments ATTACH PARTITION payments_apac FOR VALUES IN ('asia');

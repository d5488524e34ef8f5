-- title: No default partition, so it is brief
CREATE TABLE payments_africa PARTITION OF payments FOR VALUES IN ('africa');

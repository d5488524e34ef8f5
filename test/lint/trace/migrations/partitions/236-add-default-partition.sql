CREATE TABLE payments_other PARTITION OF payments DEFAULT;

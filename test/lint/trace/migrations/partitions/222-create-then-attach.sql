-- title: A new table is attached: the parent can be read and written
CREATE TABLE payments_africa (LIKE payments INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE payments ATTACH PARTITION payments_africa FOR VALUES IN ('africa');

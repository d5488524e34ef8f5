-- transaction: none
CREATE INDEX CONCURRENTLY settings_number_idx ON settings ((value::numeric));

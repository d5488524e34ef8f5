-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
INSERT INTO stock_moves (id, sku, bin_id, quantity) VALUES (900001, 'SKU-1', 1, 5);
CREATE TABLE stock_moves_2 PARTITION OF stock_moves FOR VALUES WITH (MODULUS 3, REMAINDER 2);

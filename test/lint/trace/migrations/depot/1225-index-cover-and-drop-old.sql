-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
CREATE INDEX CONCURRENTLY parcels_barcode_weight_idx ON parcels (barcode) INCLUDE (weight_g);
DROP INDEX CONCURRENTLY parcels_barcode_idx;

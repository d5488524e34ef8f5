-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
DROP INDEX CONCURRENTLY IF EXISTS skus_ean_key;
CREATE UNIQUE INDEX CONCURRENTLY skus_ean_key ON skus (ean);

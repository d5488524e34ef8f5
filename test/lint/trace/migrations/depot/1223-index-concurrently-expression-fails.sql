-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
-- classes: +breaks-old-code because the application of before writes codes with a letter, too
CREATE INDEX CONCURRENTLY shipments_zip_number_idx ON shipments ((zip::integer));

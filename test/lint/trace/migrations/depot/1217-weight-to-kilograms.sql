-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: +breaks-old-code because the application of before reads kilograms where it expects grams
ALTER TABLE parcels ALTER COLUMN weight_g TYPE numeric(8,3) USING weight_g / 1000.0;

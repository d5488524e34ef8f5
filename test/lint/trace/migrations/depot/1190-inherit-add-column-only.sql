-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE rates ADD COLUMN fuel_surcharge numeric(5,2) DEFAULT 0 NOT NULL;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shipments ADD COLUMN insured boolean;
ALTER TABLE shipments ALTER COLUMN insured SET DEFAULT false;
UPDATE shipments SET insured = (declared_value > 500);

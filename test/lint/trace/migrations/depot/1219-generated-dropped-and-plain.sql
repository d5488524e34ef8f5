-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE parcels ALTER COLUMN girth_mm DROP EXPRESSION;

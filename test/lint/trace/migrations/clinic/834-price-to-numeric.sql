-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ALTER COLUMN unit_price TYPE numeric(10,2);

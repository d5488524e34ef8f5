-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +data-loss because cents are rounded away
ALTER TABLE bill_lines ALTER COLUMN unit_price TYPE numeric(12,0);

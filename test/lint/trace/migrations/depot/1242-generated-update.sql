-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
UPDATE parcels SET girth_mm = 0 WHERE no = 9;

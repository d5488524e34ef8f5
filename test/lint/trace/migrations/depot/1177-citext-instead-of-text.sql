-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE shippers ALTER COLUMN contact_email TYPE citext;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "regions" ADD COLUMN "iso" character(2) NOT NULL;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "shipments" ALTER COLUMN "note" TYPE text;
ALTER TABLE "staff" ALTER COLUMN "full_name" TYPE text;

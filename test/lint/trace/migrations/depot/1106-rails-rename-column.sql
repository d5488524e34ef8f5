-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "shippers" RENAME COLUMN "contact_email" TO "email";

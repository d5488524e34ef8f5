-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE "staff" ADD "deletedAt" TIMESTAMP;
ALTER TABLE "staff" ADD "version" integer NOT NULL DEFAULT '1';

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
SET lock_timeout TO '2s';
ALTER TABLE "stock" ADD CONSTRAINT "stock_reserved_chk" CHECK ("reserved" >= 0) NOT VALID;
SET lock_timeout TO '0ms';
ALTER TABLE "stock" VALIDATE CONSTRAINT "stock_reserved_chk";

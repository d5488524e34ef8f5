-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql depot-rows.sql
-- transaction: none
-- classes: +breaks-old-code because the application of before has reserved more than there was
BEGIN;
ALTER TABLE "stock" ADD CONSTRAINT "stock_reserved_le_quantity" CHECK ("reserved" <= "quantity");
COMMIT;

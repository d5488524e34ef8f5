-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
DROP INDEX ix_staff_depot_id;
ALTER TABLE staff DROP COLUMN depot_id;
COMMIT;

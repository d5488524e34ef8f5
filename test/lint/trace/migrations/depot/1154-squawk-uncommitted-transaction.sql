-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
BEGIN;
ALTER TABLE claims ADD COLUMN reviewer text;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- transaction: none
-- classes: +breaks-old-code because there is no such column until the next transaction has renamed the other
ALTER TABLE shippers ADD COLUMN _pgroll_new_name text;
UPDATE shippers SET _pgroll_new_name = name;
ALTER TABLE shippers DROP COLUMN name;
ALTER TABLE shippers RENAME COLUMN _pgroll_new_name TO name;

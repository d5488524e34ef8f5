-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
UPDATE flyway_schema_history SET checksum = 1234 WHERE version = '17';
DELETE FROM flyway_schema_history WHERE success = false;

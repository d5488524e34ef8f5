-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE archive.claims AS SELECT * FROM claims WHERE status = 'rejected';
DELETE FROM claims WHERE status = 'rejected';

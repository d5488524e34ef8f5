-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE bins RENAME TO storage_bins;
CREATE VIEW bins AS SELECT * FROM storage_bins;
GRANT SELECT, INSERT, UPDATE, DELETE ON bins TO shop_app;

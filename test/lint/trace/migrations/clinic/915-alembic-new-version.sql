-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
BEGIN;
ALTER TABLE visits ADD COLUMN template VARCHAR(40);
INSERT INTO schema_migrations (version) VALUES ('20260502090000');
COMMIT;

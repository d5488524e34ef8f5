-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE SCHEMA public_02_rename;
CREATE VIEW public_02_rename.staff WITH (security_barrier = true) AS SELECT id, full_name AS display_name, email FROM staff;

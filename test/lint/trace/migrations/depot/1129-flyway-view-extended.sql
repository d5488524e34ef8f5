-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE OR REPLACE VIEW staff_directory AS SELECT id, full_name, email, phone, role, depot_id FROM staff WHERE active;

-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
ALTER TABLE vehicle_leases ADD CONSTRAINT vehicle_leases_staff_once EXCLUDE USING gist (staff_id WITH =, during WITH &&);

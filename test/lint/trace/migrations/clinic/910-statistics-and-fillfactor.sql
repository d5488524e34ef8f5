-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE patients ALTER COLUMN last_name SET STATISTICS 500;

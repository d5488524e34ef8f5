-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE staff_users ALTER COLUMN settings TYPE text USING settings::text;

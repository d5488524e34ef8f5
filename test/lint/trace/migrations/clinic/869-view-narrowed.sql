-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE OR REPLACE VIEW active_practitioners AS
  SELECT id, clinic_id, full_name(first_name, last_name) AS name, specialty FROM practitioners WHERE active AND employed_until IS NULL;

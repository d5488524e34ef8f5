-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ADD CONSTRAINT visits_vitals_check CHECK (jsonb_typeof(vitals) = 'object');

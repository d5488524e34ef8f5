-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE INDEX visits_vitals_idx ON visits USING gin (vitals jsonb_path_ops);

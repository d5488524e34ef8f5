-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ADD CONSTRAINT visits_time_check CHECK (ended_at >= started_at);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ADD COLUMN triage smallint NOT NULL;

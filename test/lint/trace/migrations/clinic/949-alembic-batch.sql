-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE visits ADD COLUMN kind VARCHAR(20) DEFAULT 'regular' NOT NULL;
ALTER TABLE visits ADD CONSTRAINT ck_visits_kind CHECK (kind IN ('regular', 'emergency', 'remote'));
CREATE INDEX ix_visits_kind ON visits (kind);

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
SET LOCAL lock_timeout = '5s';
ALTER TABLE patients ADD COLUMN language char(2) DEFAULT 'de', ADD COLUMN sms_allowed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN patients.language IS 'ISO 639-1';

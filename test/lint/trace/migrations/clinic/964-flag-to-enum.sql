-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TYPE consent_state AS ENUM ('given', 'refused', 'unknown');
ALTER TABLE patients ALTER COLUMN consent TYPE consent_state USING CASE WHEN consent THEN 'given' WHEN NOT consent THEN 'refused' ELSE 'unknown' END::consent_state;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE receipts ALTER COLUMN provider_payload TYPE jsonb USING provider_payload::jsonb;

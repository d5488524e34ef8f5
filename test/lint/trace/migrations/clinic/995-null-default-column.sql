-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE drugs ADD COLUMN atc_code varchar(8) DEFAULT NULL, ADD COLUMN added_at timestamptz DEFAULT now();

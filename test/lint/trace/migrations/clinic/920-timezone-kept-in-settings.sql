-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE clinics ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';
UPDATE clinics SET settings = jsonb_build_object('timezone', timezone);

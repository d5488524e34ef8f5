-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ADD COLUMN telemedicine boolean NOT NULL DEFAULT false;

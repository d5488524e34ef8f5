-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TYPE appointment_source AS ENUM ('phone', 'web', 'app', 'walk_in');
ALTER TABLE appointments ALTER COLUMN source DROP DEFAULT;
ALTER TABLE appointments ALTER COLUMN source TYPE appointment_source USING source::appointment_source;
ALTER TABLE appointments ALTER COLUMN source SET DEFAULT 'phone';

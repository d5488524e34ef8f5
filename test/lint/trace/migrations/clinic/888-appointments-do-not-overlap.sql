-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ADD CONSTRAINT appointments_no_overlap EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&);

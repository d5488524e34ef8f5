-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE absences (
  practitioner_id uuid NOT NULL REFERENCES practitioners (id),
  during daterange NOT NULL,
  EXCLUDE USING gist (during WITH &&)
);

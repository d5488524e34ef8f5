-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE waiting_list ALTER COLUMN id TYPE integer;

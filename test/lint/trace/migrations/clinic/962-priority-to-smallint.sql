-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE waiting_list ALTER COLUMN priority TYPE smallint;

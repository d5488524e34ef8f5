-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM waiting_list WHERE practitioner_id IS NULL;
ALTER TABLE waiting_list ALTER COLUMN practitioner_id SET NOT NULL;

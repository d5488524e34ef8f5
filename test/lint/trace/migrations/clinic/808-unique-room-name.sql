-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE rooms ADD CONSTRAINT rooms_clinic_id_name_key UNIQUE (clinic_id, name);

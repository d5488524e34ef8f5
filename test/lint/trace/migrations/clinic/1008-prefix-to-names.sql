-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE clinics ADD COLUMN host varchar(60);
UPDATE clinics SET host = format('%s.clinics.test', slug);

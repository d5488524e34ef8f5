-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE prescriptions DROP CONSTRAINT prescriptions_days_check;
ALTER TABLE prescriptions ADD CONSTRAINT prescriptions_days_check CHECK (days BETWEEN 1 AND 365);

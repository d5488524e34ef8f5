-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- classes: +data-loss because the times of day are gone
ALTER TABLE prescriptions ALTER COLUMN issued_at TYPE date;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE OR REPLACE VIEW open_bills AS
  SELECT id, number, patient_id, gross, due_on, currency FROM bills WHERE state = 'sent';

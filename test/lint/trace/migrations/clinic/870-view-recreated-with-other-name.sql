-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DROP VIEW upcoming_appointments;
CREATE VIEW upcoming_appointments AS
  SELECT a.id, a.clinic_id, a.starts_at, a.status, full_name(p.first_name, p.last_name) AS patient_name, p.phone
  FROM appointments a JOIN patients p ON p.id = a.patient_id WHERE a.status IN ('booked', 'confirmed');

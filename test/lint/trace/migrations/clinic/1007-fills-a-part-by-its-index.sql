-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TABLE appointments ADD COLUMN reminder_due timestamptz;
UPDATE appointments SET reminder_due = starts_at - interval '1 day' WHERE status IN ('booked', 'confirmed');

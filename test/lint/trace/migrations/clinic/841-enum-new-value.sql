-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TYPE appointment_status ADD VALUE 'rescheduled' AFTER 'cancelled';

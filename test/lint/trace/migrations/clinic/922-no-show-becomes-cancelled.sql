-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
UPDATE appointments SET status = 'cancelled', cancelled_reason = 'no show' WHERE status = 'no_show';

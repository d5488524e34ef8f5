-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM messages WHERE sent_at < now() - interval '90 days';

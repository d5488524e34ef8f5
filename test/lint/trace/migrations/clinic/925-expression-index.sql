-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE INDEX CONCURRENTLY patients_email_idx ON patients (lower(email)) WHERE deleted_at IS NULL;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
CREATE UNIQUE INDEX CONCURRENTLY patients_lower_email_key ON patients (lower(email));

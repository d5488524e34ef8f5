-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE ROLE clinic_reader NOLOGIN;
GRANT USAGE ON SCHEMA public TO clinic_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO clinic_reader;

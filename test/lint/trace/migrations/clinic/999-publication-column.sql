-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER PUBLICATION clinic_search ADD TABLE drugs;

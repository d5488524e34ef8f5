-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
REINDEX TABLE CONCURRENTLY patients;

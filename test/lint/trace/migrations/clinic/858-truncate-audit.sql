-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
TRUNCATE audit.changes;

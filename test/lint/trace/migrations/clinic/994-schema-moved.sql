-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE SCHEMA clinical;
ALTER TABLE visits SET SCHEMA clinical;

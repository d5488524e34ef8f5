-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
ALTER TYPE sex RENAME VALUE 'other' TO 'diverse';

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE SCHEMA archive;
CREATE TABLE archive.bills (LIKE bills INCLUDING DEFAULTS);
WITH moved AS (DELETE FROM bills WHERE state = 'void' RETURNING *)
INSERT INTO archive.bills SELECT * FROM moved;

-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
UPDATE messages SET channel = 'mail' WHERE channel = 'email' AND id BETWEEN 1 AND 100;
UPDATE messages SET channel = 'mail' WHERE channel = 'email' AND id BETWEEN 101 AND 200;

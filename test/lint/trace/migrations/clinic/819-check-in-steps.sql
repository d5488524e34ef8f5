-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
-- transaction: none
ALTER TABLE waiting_list ADD CONSTRAINT waiting_list_priority_check CHECK (priority BETWEEN 1 AND 5) NOT VALID;
ALTER TABLE waiting_list VALIDATE CONSTRAINT waiting_list_priority_check;
